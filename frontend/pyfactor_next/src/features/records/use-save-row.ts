"use client";

import { type InfiniteData, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { djangoApi } from "@/api";
import { useSession } from "@/features/session";
import type { ListRow, ListSource, Page } from "./source";

type Pages = InfiniteData<Page<ListRow>, string>;

/** Shows a record's new state in its page and wherever it is a row; rows keep their places. */
export function showRow<Row extends ListRow>(
  client: QueryClient,
  source: ListSource<Row>,
  slug: string,
  record: Pick<ListRow, "id">,
): void {
  client.setQueryData([slug, source.spec.path, "record", record.id], record);
  client.setQueriesData<Pages>({ queryKey: source.rowsKey(slug) }, (data) => {
    const isThere = data?.pages.some((page) => page.results.some(({ id }) => id === record.id));
    if (!data || !isThere) return data;
    const shown = (row: ListRow): ListRow => (row.id === record.id ? { ...row, ...record } : row);
    const pages = data.pages.map((page) => ({ ...page, results: page.results.map(shown) }));
    return { ...data, pages };
  });
}

export type SaveRow<Row> = (row: Row, patch: Record<string, unknown>) => Promise<void>;

/** Saves what was changed in a row, as the API's PATCH takes it; rejects with ApiError. */
export function useSaveRow<Row extends ListRow>(source: ListSource<Row>): SaveRow<Row> {
  const { slug } = useSession();
  const client = useQueryClient();
  return useCallback(
    async ({ id, version }, patch) => {
      const { path } = source.spec;
      // Every list's records are changed the same way, each by fields of its own.
      const address = `/api/crm/${path}/{id}/` as "/api/crm/customers/{id}/";
      const saved = await djangoApi.patch(address, patch, { path: { id }, version });
      showRow(client, source, slug, saved);
      // Out of date, but rows must not jump away while they are looked at.
      await client.invalidateQueries({ queryKey: [slug, path, "list"], refetchType: "none" });
    },
    [client, slug, source],
  );
}
