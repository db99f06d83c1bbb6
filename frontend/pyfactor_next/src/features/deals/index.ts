export { ContactDeals, CustomerDeals } from "./related/lazy";
export { dealKeys } from "./queries";
export type { Deal } from "./types";
