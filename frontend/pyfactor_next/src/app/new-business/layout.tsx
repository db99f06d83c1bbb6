import type { ReactNode } from "react";
import { Section } from "@/i18n/section";

export default function NewBusinessLayout({ children }: { children: ReactNode }) {
  return <Section names={["onboarding"]}>{children}</Section>;
}
