import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { showRow } from "@/features/records";
import { customersSource } from "./list/source";
import { customerKeys } from "./queries";
import type { Customer, CustomerPage } from "./types";

type Pages = InfiniteData<CustomerPage, string>;

/** Shows a record's new state in its page and wherever it is a row; rows keep their places. */
export function showRecord(client: QueryClient, slug: string, record: Customer): void {
  showRow(client, customersSource, slug, record);
}

/** Takes records out of every list at once; returns what puts them back. */
export function hideRows(client: QueryClient, slug: string, ids: ReadonlySet<string>): () => void {
  const before = client.getQueriesData<Pages>({ queryKey: customerKeys.lists(slug) });
  for (const [key, data] of before) {
    if (!data) continue;
    const gone = data.pages.reduce(
      (sum, page) => sum + page.results.filter((row) => ids.has(row.id)).length,
      0,
    );
    if (gone === 0) continue;
    client.setQueryData<Pages>(key, {
      ...data,
      pages: data.pages.map((page, index) => ({
        ...page,
        results: page.results.filter((row) => !ids.has(row.id)),
        ...(index === 0 && page.count !== undefined && page.count_is_exact
          ? { count: page.count - gone }
          : {}),
      })),
    });
  }
  return () => {
    for (const [key, data] of before) client.setQueryData(key, data);
  };
}

/** Lists are out of date but stay as they are until they are shown again: rows must not jump away. */
export function markListsStale(client: QueryClient, slug: string): Promise<void> {
  return client.invalidateQueries({ queryKey: customerKeys.lists(slug), refetchType: "none" });
}

export function reloadLists(client: QueryClient, slug: string): Promise<void> {
  return client.invalidateQueries({ queryKey: customerKeys.lists(slug) });
}
