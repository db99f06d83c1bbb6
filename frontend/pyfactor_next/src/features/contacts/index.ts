export { contactKeys } from "./queries";
export { ContactCustomers, CustomerContacts } from "./related/lazy";
export type { Contact } from "./types";
