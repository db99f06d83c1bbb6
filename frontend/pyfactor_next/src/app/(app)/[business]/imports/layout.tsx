import type { ReactNode } from "react";
import { messages } from "@/i18n/messages";
import { SectionMessages } from "@/i18n/section-messages";

export default function ImportsLayout({ children }: { children: ReactNode }) {
  return <SectionMessages texts={{ imports: messages.imports }}>{children}</SectionMessages>;
}
