"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/ui/skeleton";

const loading = () => <Skeleton aria-busy className="h-24 rounded-lg" />;

/** Who stands for a customer, on its page. */
export const CustomerContacts = dynamic(
  () => import("./customer-contacts").then((m) => m.CustomerContacts),
  { loading },
);

const cards = () => import("./cards");

/** The same beside the customer's page, in short. */
export const ContactsCard = dynamic(() => cards().then((m) => m.ContactsCard), { ssr: false });

/** Whom a contact stands for, beside its page, in short. */
export const CustomersCard = dynamic(() => cards().then((m) => m.CustomersCard), { ssr: false });

/** Whom a contact stands for, on its page. */
export const ContactCustomers = dynamic(
  () => import("./contact-customers").then((m) => m.ContactCustomers),
  { loading },
);
