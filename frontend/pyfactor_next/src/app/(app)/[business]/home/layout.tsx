import type { ReactNode } from "react";
import { messages } from "@/i18n/messages";
import { SectionMessages } from "@/i18n/section-messages";

export default function HomeLayout({ children }: { children: ReactNode }) {
  return <SectionMessages texts={{ home: messages.home }}>{children}</SectionMessages>;
}
