export { contactKeys } from "./queries";
export { ContactsCard, CustomersCard } from "./related/cards";
export { ContactCustomers, CustomerContacts } from "./related/lazy";
export type { Contact } from "./types";
