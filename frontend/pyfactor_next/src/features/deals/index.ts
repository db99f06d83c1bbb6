export { dealKeys } from "./queries";
export { ContactDeals, CustomerDeals } from "./related/lazy";
export { Sortable } from "./setup/sortable";
export type { Deal } from "./types";
