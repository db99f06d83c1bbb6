import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { prefetchRecord, recordName } from "@/features/customers/server";
import { loadMe } from "@/features/session/server";
import { textOf } from "@/i18n/titles";
import { CustomerRecord } from "./customer-record";

interface PageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { id } = await params;
  const name = await recordName(id);
  return { title: name ?? (await textOf("customers", (texts) => texts.record.title)) };
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
