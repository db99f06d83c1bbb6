import type { ReactNode } from "react";
import { Section } from "@/i18n/section";

export default function TasksLayout({ children }: { children: ReactNode }) {
  return <Section names={["activities"]}>{children}</Section>;
}
