import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import { djangoApi, type QueryParams } from "@/api";
import type { ListQuery } from "@/features/records";
import { type BoardData, CARD_FIELDS, type DealPage, type DealRow } from "./types";

export type DealsQuery = NonNullable<QueryParams<"/api/crm/deals/", "get">>;
/** What narrows the board; without `pipeline` it is the default one's. */
export type BoardQuery = NonNullable<QueryParams<"/api/crm/deals/board/", "get">>;

/** A board has an order of its own, and shows nothing that is in the trash. */
export function boardQueryOf(query: ListQuery): BoardQuery {
  const kept = Object.entries(query).filter(([name]) => name !== "ordering" && name !== "trashed");
  return Object.fromEntries(kept) as BoardQuery;
}

const CARD_FIELD_LIST = CARD_FIELDS.join(",");
const PAGE_SIZE = 50;
/** The API's largest page. */
const MAX_PAGE = 200;

/** Boards are lists, too: what makes lists fresh makes them fresh. */
export const dealKeys = {
  all: (slug: string) => [slug, "deals"] as const,
  lists: (slug: string) => [slug, "deals", "list"] as const,
  rows: (slug: string) => [slug, "deals", "list", "rows"] as const,
  list: (slug: string, query: DealsQuery) => [slug, "deals", "list", "related", query] as const,
  boards: (slug: string) => [slug, "deals", "list", "board"] as const,
  board: (slug: string, query: BoardQuery) => [slug, "deals", "list", "board", query] as const,
  sums: (slug: string, query: BoardQuery) => [slug, "deals", "list", "sums", query] as const,
  visits: (slug: string, id: string) => [slug, "deals", "list", "visits", id] as const,
  record: (slug: string, id: string) => [slug, "deals", "record", id] as const,
};

/** Follows a column's link so far that it has as many cards as it had. */
async function deepen(board: BoardData, before: BoardData | undefined, signal: AbortSignal) {
  await Promise.all(
    board.columns.map(async (column) => {
      const had = before?.columns.find(({ stage }) => stage.id === column.stage.id)?.cards.length;
      while (column.next !== null && column.cards.length < (had ?? 0)) {
        const missing = Math.min(MAX_PAGE, (had ?? 0) - column.cards.length);
        const page = await djangoApi.follow<DealPage>(withLimit(column.next, missing), signal);
        column.cards = merged(column.cards, page.results);
        column.next = page.next;
      }
    }),
  );
  return board;
}

function withLimit(link: string, limit: number): string {
  const url = new URL(link, "http://same-origin");
  url.searchParams.set("limit", String(limit));
  return url.pathname + url.search;
}

/** Cards as one list. One that moved while pages loaded is kept once. */
export function merged(cards: readonly DealRow[], more: readonly DealRow[]): DealRow[] {
  const known = new Set(cards.map(({ id }) => id));
  return [...cards, ...more.filter(({ id }) => !known.has(id))];
}

/** The board, as deep as it was loaded before. */
export function boardQuery(client: QueryClient, slug: string, query: BoardQuery) {
  return queryOptions({
    queryKey: dealKeys.board(slug, query),
    queryFn: async ({ signal, queryKey }): Promise<BoardData> => {
      const board: BoardData = await djangoApi.get("/api/crm/deals/board/", {
        query: { ...query, fields: CARD_FIELD_LIST },
        signal,
      });
      return deepen(board, client.getQueryData<BoardData>(queryKey), signal);
    },
    placeholderData: keepPreviousData,
  });
}

/** What the deals that match come to; kept with the lists, so that it is fresh when they are. */
export function sumsQuery(slug: string, query: BoardQuery) {
  return queryOptions({
    queryKey: dealKeys.sums(slug, query),
    queryFn: ({ signal }) => djangoApi.get("/api/crm/deals/sums/", { query, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Deals of another record, page by page. */
export function dealsQuery(slug: string, query: DealsQuery) {
  return infiniteQueryOptions({
    queryKey: dealKeys.list(slug, query),
    queryFn: ({ pageParam, signal }): Promise<DealPage> =>
      pageParam === ""
        ? djangoApi.get("/api/crm/deals/", {
            query: { ...query, limit: PAGE_SIZE, count: "capped", fields: CARD_FIELD_LIST },
            signal,
          })
        : djangoApi.follow<DealPage>(pageParam, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function dealQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: dealKeys.record(slug, id),
    queryFn: ({ signal }) => djangoApi.get("/api/crm/deals/{id}/", { path: { id }, signal }),
  });
}

export function visitsQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: dealKeys.visits(slug, id),
    queryFn: ({ signal }) => djangoApi.get("/api/crm/deals/{id}/stages/", { path: { id }, signal }),
    select: ({ results }) => results,
  });
}

const SETUP_STALE_MS = 60_000;

export function pipelinesQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "pipelines", "list"],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/pipelines/", { query: { limit: MAX_PAGE }, signal }),
    select: ({ results }) => results,
    staleTime: SETUP_STALE_MS,
  });
}

/** The stages of all pipelines, in their order. */
export function stagesQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "stages", "list"],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/stages/", { query: { limit: MAX_PAGE }, signal }),
    select: ({ results }) => results,
    staleTime: SETUP_STALE_MS,
  });
}

export function lostReasonsQuery(slug: string) {
  return queryOptions({
    // As the news of them calls them.
    queryKey: [slug, "lostreasons", "list"],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/lost-reasons/", { query: { limit: MAX_PAGE }, signal }),
    select: ({ results }) => results,
    staleTime: SETUP_STALE_MS,
  });
}

/** Customers or contacts that match a text, to choose one. */
export function customersLookup(slug: string, text: string) {
  return queryOptions({
    queryKey: [slug, "customers", "lookup", "deals", text],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/customers/", {
        query: { q: text, limit: 20, ordering: "name", fields: "id,display_name,account_number" },
        signal,
      }),
    placeholderData: keepPreviousData,
    select: ({ results }) => results,
  });
}
