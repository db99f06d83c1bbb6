"use client";

import dynamic from "next/dynamic";
import { type Contact, ContactCustomers } from "@/features/contacts";
import { ContactDeals } from "@/features/deals";
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
  Related: dynamic(() => import("./related"), { ssr: false }),
});
