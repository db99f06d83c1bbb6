import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { djangoApi } from "@/api";
import type { CustomersQuery } from "./list/filters";
import { type CustomerPage, type CustomerRow, ROW_FIELDS } from "./types";

const PAGE_SIZE = 50;
const ROW_FIELD_LIST = ROW_FIELDS.join(",");
/** Coming back to the tab reloads every loaded page; beyond this many that is more than it is worth. */
const PAGES_WORTH_RELOADING = 4;

export const customerKeys = {
  all: (slug: string) => [slug, "customers"] as const,
  lists: (slug: string) => [slug, "customers", "list"] as const,
  list: (slug: string, query: CustomersQuery) => [slug, "customers", "list", query] as const,
  record: (slug: string, id: string) => [slug, "customers", "record", id] as const,
  /** Of mutations: the edits of one customer. */
  edits: (slug: string, id: string) => [slug, "customers", "edit", id] as const,
};

/** What the first page of a list is asked for with; the next ones follow its links. */
export function firstPage(query: CustomersQuery): CustomersQuery {
  return { ...query, limit: PAGE_SIZE, count: "capped", fields: ROW_FIELD_LIST };
}

/** The link to another page without `count`: the first page has told it. */
export function withoutCount(link: string): string {
  const url = new URL(link, "http://same-origin");
  url.searchParams.delete("count");
  return url.pathname + url.search;
}

/** Customers page by page; the last rows stay on screen while another query loads. */
export function customersQuery(slug: string, query: CustomersQuery) {
  return infiniteQueryOptions({
    queryKey: customerKeys.list(slug, query),
    queryFn: ({ pageParam, signal }): Promise<CustomerPage> =>
      pageParam === ""
        ? djangoApi.get("/api/crm/customers/", { query: firstPage(query), signal })
        : djangoApi.follow<CustomerPage>(pageParam, signal),
    initialPageParam: "",
    getNextPageParam: (page) => (page.next === null ? undefined : withoutCount(page.next)),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= PAGES_WORTH_RELOADING,
  });
}

export interface CustomerList {
  rows: CustomerRow[];
  count: number | undefined;
  isCountExact: boolean;
}

/** Pages as one list. A row that moved between two pages while they loaded is kept once. */
export function flatten(pages: readonly CustomerPage[]): CustomerList {
  const rows = new Map<string, CustomerRow>();
  for (const page of pages) for (const row of page.results) rows.set(row.id, row);
  return {
    rows: [...rows.values()],
    count: pages[0]?.count,
    isCountExact: pages[0]?.count_is_exact ?? true,
  };
}

export function customerQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: customerKeys.record(slug, id),
    queryFn: ({ signal }) => djangoApi.get("/api/crm/customers/{id}/", { path: { id }, signal }),
  });
}

/** A handful of customers that match a text, e.g. ones that may be the one being entered. */
export function lookupQuery(slug: string, text: string) {
  return queryOptions({
    queryKey: [...customerKeys.all(slug), "lookup", text],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/customers/", {
        query: { q: text, limit: 5, fields: ROW_FIELD_LIST },
        signal,
      }),
    enabled: text !== "",
    select: (page): CustomerRow[] => page.results,
  });
}
