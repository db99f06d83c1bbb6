import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { djangoApi } from "@/api";
import type { ImportPage, ImportRowPage, RowAction } from "./types";

const PAGE_ROWS = 50;

/** Everything below may be stale after a write; the first part of each key is the business. */
export const importKeys = {
  all: (slug: string) => [slug, "imports"] as const,
  list: (slug: string) => [slug, "imports", "list"] as const,
  one: (slug: string, id: string) => [slug, "imports", id] as const,
  rows: (slug: string, id: string) => [slug, "imports", id, "rows"] as const,
};

/** Newest first. */
export function importsQuery(slug: string) {
  return infiniteQueryOptions({
    queryKey: importKeys.list(slug),
    queryFn: ({ pageParam, signal }) =>
      pageParam
        ? djangoApi.follow<ImportPage>(pageParam, signal)
        : djangoApi.get("/api/crm/imports/", { query: { limit: PAGE_ROWS }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}

export function importQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: importKeys.one(slug, id),
    queryFn: ({ signal }) => djangoApi.get("/api/crm/imports/{id}/", { path: { id }, signal }),
  });
}

export interface RowChoice {
  action: RowAction;
  /** Only conflicts, or only the others; both where it is not said. */
  conflict?: boolean;
  /** Leaves out the rows without a warning. */
  isWarned: boolean;
}

/** Rows of the dry run that will be treated alike, in file order. */
export function rowsQuery(slug: string, id: string, { action, conflict, isWarned }: RowChoice) {
  return infiniteQueryOptions({
    queryKey: [...importKeys.rows(slug, id), action, conflict ?? "any", isWarned],
    queryFn: ({ pageParam, signal }) =>
      pageParam
        ? djangoApi.follow<ImportRowPage>(pageParam, signal)
        : djangoApi.get("/api/crm/imports/{id}/rows/", {
            path: { id },
            query: {
              action,
              ...(isWarned ? { warned: true } : {}),
              ...(conflict === undefined ? {} : { conflict }),
              limit: PAGE_ROWS,
            },
            signal,
          }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}

/** Where the browser downloads the rows that failed, with the reasons, as CSV. */
export function errorFileUrl(id: string): string {
  return `/api/crm/imports/${id}/errors/`;
}
