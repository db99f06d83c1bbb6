import type { ReactNode } from "react";
import { Section } from "@/i18n/section";

export default function ExportsLayout({ children }: { children: ReactNode }) {
  return <Section names={["exports"]}>{children}</Section>;
}
