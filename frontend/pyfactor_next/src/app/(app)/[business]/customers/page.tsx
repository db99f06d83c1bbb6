import type { Metadata } from "next";
import { CustomersPage } from "@/features/customers/list/customers-page";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = { title: messages.customers.title };

export default function Page() {
  return <CustomersPage />;
}
