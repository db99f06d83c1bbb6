export { dealKeys } from "./queries";
export { DealsCard } from "./related/deals-card";
export { EndsCards } from "./related/ends-cards";
export { ContactDeals, CustomerDeals } from "./related/lazy";
export { Sortable } from "./setup/sortable";
export type { Deal } from "./types";
