"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/ui/skeleton";

const loading = () => <Skeleton aria-busy className="h-24 rounded-lg" />;

/** Who stands for a customer, on its page. */
export const CustomerContacts = dynamic(
  () => import("./customer-contacts").then((m) => m.CustomerContacts),
  { loading },
);

/** Whom a contact stands for, on its page. */
export const ContactCustomers = dynamic(
  () => import("./contact-customers").then((m) => m.ContactCustomers),
  { loading },
);
