import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { customerKeys } from "./queries";
import type { Customer, CustomerPage } from "./types";

type Pages = InfiniteData<CustomerPage, string>;

function updatePages(
  client: QueryClient,
  slug: string,
  update: (page: CustomerPage) => CustomerPage,
): void {
  client.setQueriesData<Pages>({ queryKey: customerKeys.lists(slug) }, (data) =>
    data ? { ...data, pages: data.pages.map(update) } : data,
  );
}

/** Shows a record's new state in its page and wherever it is a row; rows keep their places. */
export function showRecord(client: QueryClient, slug: string, record: Customer): void {
  client.setQueryData(customerKeys.record(slug, record.id), record);
  updatePages(client, slug, (page) =>
    page.results.some((row) => row.id === record.id)
      ? {
          ...page,
          results: page.results.map((row) => (row.id === record.id ? { ...row, ...record } : row)),
        }
      : page,
  );
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
