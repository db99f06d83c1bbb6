import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { prefetchRecord, recordName } from "@/features/customers/server";
import { loadMe } from "@/features/session/server";
import { messages } from "@/i18n/messages";
import { CustomerRecord } from "./customer-record";

interface PageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { id } = await params;
  return { title: (await recordName(id)) ?? messages.customers.record.title };
}

export default async function Page({ params }: PageProps) {
  const { id } = await params;
  const loaded = await loadMe();
  const tenant = "me" in loaded ? loaded.me.tenant : null;
  return (
    <HydrationBoundary state={tenant && (await prefetchRecord(tenant, id))}>
      <CustomerRecord id={id} />
    </HydrationBoundary>
  );
}
