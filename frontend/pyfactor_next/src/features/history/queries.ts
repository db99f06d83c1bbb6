import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { djangoApi } from "@/api";
import type {
  Change,
  ChangePage,
  LogQuery,
  RecordChange,
  RecordChangePage,
  UndoResult,
} from "./types";

export const changeKeys = {
  log: (slug: string, query: LogQuery) => [slug, "changes", "list", query] as const,
  records: (slug: string, id: string) => [slug, "changes", "records", id] as const,
  ofRecord: (slug: string, resource: string, id: string, version: number) =>
    [slug, "changes", "of", resource, id, version] as const,
};

const PAGE_SIZE = 30;

function nextOf(page: { next: string | null }): string | undefined {
  return page.next ?? undefined;
}

/** The business's changes, newest first. */
export function logQuery(slug: string, query: LogQuery) {
  return infiniteQueryOptions({
    queryKey: changeKeys.log(slug, query),
    queryFn: ({ pageParam, signal }): Promise<ChangePage> =>
      pageParam === ""
        ? djangoApi.get("/api/changes/", { query: { ...query, limit: PAGE_SIZE }, signal })
        : djangoApi.follow<ChangePage>(pageParam, signal),
    initialPageParam: "",
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });
}

/** What one change set did to each record. */
export function recordsQuery(slug: string, id: string) {
  return infiniteQueryOptions({
    queryKey: changeKeys.records(slug, id),
    queryFn: ({ pageParam, signal }): Promise<{ results: Change[]; next: string | null }> =>
      pageParam === ""
        ? djangoApi.get("/api/changes/{id}/records/", {
            path: { id },
            query: { limit: 10 },
            signal,
          })
        : djangoApi.follow(pageParam, signal),
    initialPageParam: "",
    getNextPageParam: nextOf,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/**
 * The history of one record. resource: its name in the API's paths, such as customers. A record with
 * another version has another history; the last one stays on screen while it loads.
 */
export function recordHistoryQuery(slug: string, resource: string, id: string, version: number) {
  return infiniteQueryOptions({
    queryKey: changeKeys.ofRecord(slug, resource, id, version),
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }): Promise<RecordChangePage> =>
      djangoApi.follow<RecordChangePage>(
        pageParam === "" ? `/api/crm/${resource}/${id}/history/?limit=${PAGE_SIZE}` : pageParam,
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: nextOf,
  });
}

/** The last change of one field of a record; null when it was empty from the beginning. */
export function lastChangeQuery(
  slug: string,
  resource: string,
  id: string,
  version: number,
  field: string,
) {
  return queryOptions({
    queryKey: [...changeKeys.ofRecord(slug, resource, id, version), field],
    queryFn: async ({ signal }): Promise<RecordChange | null> => {
      const path = `/api/crm/${resource}/${id}/history/?field=${field}&limit=1`;
      const { results } = await djangoApi.follow<RecordChangePage>(path, signal);
      return results[0] ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What an undo would meet; asked anew each time. */
export function conflictsQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: [slug, "changes", "conflicts", id],
    queryFn: ({ signal }): Promise<UndoResult> =>
      djangoApi.post(
        "/api/changes/{id}/undo/",
        { on_conflict: "refuse" },
        { path: { id }, query: { dry_run: true }, signal },
      ),
    staleTime: 0,
    gcTime: 0,
  });
}
