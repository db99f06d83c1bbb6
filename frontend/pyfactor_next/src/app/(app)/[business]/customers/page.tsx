import { HydrationBoundary } from "@tanstack/react-query";
import { prefetchList, type SearchParams } from "@/features/customers/server";
import { loadMe } from "@/features/session/server";
import { titleOf } from "@/i18n/titles";
import { CustomersList } from "./customers-list";

export const generateMetadata = titleOf("customers", (texts) => texts.title);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const loaded = await loadMe();
  const tenant = "me" in loaded ? loaded.me.tenant : null;
  return (
    <HydrationBoundary state={tenant && (await prefetchList(tenant, await searchParams))}>
      <CustomersList />
    </HydrationBoundary>
  );
}
