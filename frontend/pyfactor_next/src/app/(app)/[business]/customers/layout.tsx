import type { ReactNode } from "react";
import { messages } from "@/i18n/messages";
import { SectionMessages } from "@/i18n/section-messages";

export default function CustomersLayout({ children }: { children: ReactNode }) {
  const { customers, records } = messages;
  return <SectionMessages texts={{ customers, records }}>{children}</SectionMessages>;
}
