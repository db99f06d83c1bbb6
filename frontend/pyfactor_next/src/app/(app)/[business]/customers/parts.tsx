"use client";

import dynamic from "next/dynamic";
import { CustomerContacts } from "@/features/contacts";
import type { Customer } from "@/features/customers";
import { CustomerDeals } from "@/features/deals";
import { recordParts } from "../record-parts";

/** What a customer's page and panel are made of, beside the customer itself. */
export const customerParts = recordParts<Customer, "customer">({
  kind: "customer",
  nameOf: ({ display_name }) => display_name,
  between: ({ id, display_name }, isReadOnly) => [
    {
      name: "contacts",
      content: <CustomerContacts customerId={id} name={display_name} isReadOnly={isReadOnly} />,
    },
    { name: "deals", content: <CustomerDeals customerId={id} name={display_name} /> },
  ],
  Related: dynamic(() => import("./related"), { ssr: false }),
});
