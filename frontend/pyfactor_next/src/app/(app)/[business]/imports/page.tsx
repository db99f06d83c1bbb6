import type { Metadata } from "next";
import { ImportsPage } from "@/features/imports/imports-page";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = { title: messages.imports.title };

export default function Page() {
  return <ImportsPage />;
}
