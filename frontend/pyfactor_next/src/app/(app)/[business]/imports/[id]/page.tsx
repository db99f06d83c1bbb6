import type { Metadata } from "next";
import { ImportPage } from "@/features/imports/import-page";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = { title: messages.imports.one };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ImportPage id={id} />;
}
