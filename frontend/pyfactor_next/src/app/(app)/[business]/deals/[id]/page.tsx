import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { dealName, prefetchDeal } from "@/features/deals/server";
import { loadMe } from "@/features/session/server";
import { textOf } from "@/i18n/titles";
import { DealRecord } from "./deal-record";

interface PageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const name = await dealName((await params).id);
  return { title: name ?? (await textOf("deals", (texts) => texts.record.title)) };
}

export default async function Page({ params }: PageProps) {
  const { id } = await params;
  const loaded = await loadMe();
  const tenant = "me" in loaded ? loaded.me.tenant : null;
  return (
    <HydrationBoundary state={tenant && (await prefetchDeal(tenant.slug, id))}>
      <DealRecord id={id} />
    </HydrationBoundary>
  );
}
