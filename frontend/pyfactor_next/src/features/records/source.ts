import { infiniteQueryOptions, keepPreviousData, type QueryKey } from "@tanstack/react-query";
import { djangoApi } from "@/api";
import type { ViewEntity } from "./list/saved-views";
import type { FilterKind } from "./view/filters";

/** What every list's rows have. */
export interface ListRow {
  id: string;
  version: number;
  deleted_at: string | null;
}

/** A list's query as the API takes it. */
export type ListQuery = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface Page<Row> {
  results: Row[];
  next: string | null;
  count?: number | undefined;
  count_is_exact?: boolean | undefined;
}

/** What can be asked of a kind of record; knows no words and draws nothing. */
export interface ListSpec {
  entity: ViewEntity;
  /** Of its address, here and in the API. */
  path: "customers" | "contacts" | "deals";
  /** What the list can be narrowed by in the address, in the order in which it is offered. */
  filters: Readonly<Record<string, FilterKind>>;
  /** The API's names of what the list can be ordered by. */
  orderings: readonly string[];
  /** The filter that says whose records they are. */
  mine: string;
}

/** Where a list's rows come from. */
export interface ListSource<Row extends ListRow> {
  spec: ListSpec;
  /** What a row needs: for its columns, its card, and a write (`version`). */
  rowFields: readonly string[];
  /** Of every list of these rows, as they are kept here. */
  rowsKey: (slug: string) => QueryKey;
  get: (query: ListQuery, signal: AbortSignal | undefined) => Promise<Page<Row>>;
}

const PAGE_SIZE = 50;
/** Coming back to the tab reloads every loaded page; beyond this many that is more than it is worth. */
const PAGES_WORTH_RELOADING = 4;

/** What the first page of a list is asked for with; the next ones follow its links. */
export function firstPage<Row extends ListRow>(
  source: ListSource<Row>,
  query: ListQuery,
): ListQuery {
  const fields = source.rowFields.join(",");
  return { ...query, limit: PAGE_SIZE, count: "capped", fields };
}

/** The link to another page without `count`: the first page has told it. */
export function withoutCount(link: string): string {
  const url = new URL(link, "http://same-origin");
  url.searchParams.delete("count");
  return url.pathname + url.search;
}

/** Rows page by page; the last ones stay on screen while another query loads. */
export function rowsQuery<Row extends ListRow>(
  source: ListSource<Row>,
  slug: string,
  query: ListQuery,
) {
  return infiniteQueryOptions({
    queryKey: [...source.rowsKey(slug), query],
    queryFn: ({ pageParam, signal }): Promise<Page<Row>> =>
      pageParam === ""
        ? source.get(firstPage(source, query), signal)
        : djangoApi.follow<Page<Row>>(pageParam, signal),
    initialPageParam: "",
    getNextPageParam: (page) => (page.next === null ? undefined : withoutCount(page.next)),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= PAGES_WORTH_RELOADING,
  });
}

interface LoadedRows<Row> {
  rows: Row[];
  count: number | undefined;
  isCountExact: boolean;
}

/** Pages as one list. A row that moved between two pages while they loaded is kept once. */
export function flatten<Row extends ListRow>(pages: readonly Page<Row>[]): LoadedRows<Row> {
  const rows = new Map<string, Row>();
  for (const page of pages) for (const row of page.results) rows.set(row.id, row);
  return {
    rows: [...rows.values()],
    count: pages[0]?.count,
    isCountExact: pages[0]?.count_is_exact ?? true,
  };
}
