export { contactKeys } from "./queries";
export { ContactCustomers, ContactsCard, CustomerContacts, CustomersCard } from "./related/lazy";
export type { Contact } from "./types";
