import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { prefetchList, type SearchParams } from "@/features/customers/server";
import { loadMe } from "@/features/session/server";
import { messages } from "@/i18n/messages";
import { CustomersList } from "./customers-list";

export const metadata: Metadata = { title: messages.customers.title };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const loaded = await loadMe();
  const tenant = "me" in loaded ? loaded.me.tenant : null;
  return (
    <HydrationBoundary state={tenant && (await prefetchList(tenant, await searchParams))}>
      <CustomersList />
    </HydrationBoundary>
  );
}
