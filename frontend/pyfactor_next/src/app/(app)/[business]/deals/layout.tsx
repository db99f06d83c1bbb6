import type { ReactNode } from "react";
import { Section } from "@/i18n/section";

export default function DealsLayout({ children }: { children: ReactNode }) {
  return <Section names={["deals", "records"]}>{children}</Section>;
}
