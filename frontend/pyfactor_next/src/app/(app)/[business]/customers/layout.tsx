import type { ReactNode } from "react";
import { Section } from "@/i18n/section";

export default function CustomersLayout({ children }: { children: ReactNode }) {
  return <Section names={["customers", "records"]}>{children}</Section>;
}
