"use client";

import { type Contact, ContactCustomers, CustomersCard } from "@/features/contacts";
import { ContactDeals, DealsCard } from "@/features/deals";
import { recordParts } from "../record-parts";

/** What a contact's page is made of, beside the contact itself. */
export const contactParts = recordParts<Contact, "contact">({
  kind: "contact",
  nameOf: ({ display_name }) => display_name,
  between: ({ id, display_name }, isReadOnly) => [
    {
      name: "customers",
      content: <ContactCustomers contactId={id} name={display_name} isReadOnly={isReadOnly} />,
    },
    { name: "deals", content: <ContactDeals contactId={id} /> },
  ],
  beside: ({ id }, isReadOnly) => (
    <>
      <CustomersCard contactId={id} isReadOnly={isReadOnly} />
      <DealsCard query={{ contact: id }} isReadOnly={isReadOnly} />
    </>
  ),
});
