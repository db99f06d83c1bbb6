export { FavouriteLinks } from "./favourite-links";
export { PinItem } from "./pin-item";
export { favouritesQuery } from "./queries";
export { StarButton } from "./star-button";
