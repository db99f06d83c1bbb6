import type { ReactNode } from "react";
import { Section } from "@/i18n/section";

export default function SecondFactorLayout({ children }: { children: ReactNode }) {
  return <Section names={["settings", "shell"]}>{children}</Section>;
}
