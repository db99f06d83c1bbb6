import type { ReactNode } from "react";
import { Section } from "@/i18n/section";

export default function HomeLayout({ children }: { children: ReactNode }) {
  return <Section names={["home"]}>{children}</Section>;
}
