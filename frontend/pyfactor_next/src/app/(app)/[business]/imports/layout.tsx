import type { ReactNode } from "react";
import { Section } from "@/i18n/section";

export default function ImportsLayout({ children }: { children: ReactNode }) {
  return <Section names={["imports", "fields"]}>{children}</Section>;
}
