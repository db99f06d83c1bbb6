import type { ReactNode } from "react";
import { Section } from "@/i18n/section";

const NAMES = [
  "activities",
  "attachments",
  "contacts",
  "deals",
  "fields",
  "records",
  "tags",
  "timeline",
] as const;

export default function ContactsLayout({ children }: { children: ReactNode }) {
  return <Section names={NAMES}>{children}</Section>;
}
