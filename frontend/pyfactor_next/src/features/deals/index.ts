export { dealKeys } from "./queries";
export { ContactDeals, CustomerDeals, DealsCard, EndsCards } from "./related/lazy";
export { Sortable } from "./setup/sortable";
export type { Deal } from "./types";
