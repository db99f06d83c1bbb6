export { dealKeys } from "./queries";
export { ContactDeals, CustomerDeals } from "./related/lazy";
export type { Deal } from "./types";
