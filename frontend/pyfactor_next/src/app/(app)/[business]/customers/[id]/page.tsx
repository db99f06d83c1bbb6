import type { Metadata } from "next";
import { RecordPage } from "@/features/customers/record/record-page";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = { title: messages.customers.record.title };

interface PageProps {
  params: Promise<{ id: string }>;
}

export default async function Page({ params }: PageProps) {
  const { id } = await params;
  return <RecordPage id={id} />;
}
