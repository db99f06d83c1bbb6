import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { djangoApi, type QueryParams, type ResponseBody } from "@/api";
import { customerKeys } from "../queries";

const CANDIDATES = "/api/crm/duplicates/candidates/";
const PAGE_SIZE = 25;
/** How often a search that is on its way is asked after. */
const POLL_MS = 1_000;

export type Candidate = ResponseBody<typeof CANDIDATES, "get">["results"][number];
export type CandidatesQuery = NonNullable<QueryParams<typeof CANDIDATES, "get">>;
export type DuplicatesReport = ResponseBody<"/api/crm/duplicates/", "get">;
export type DuplicatePair = DuplicatesReport["results"][number];
export type Reason = DuplicatePair["reasons"][number];

export const duplicateKeys = {
  all: (slug: string) => [...customerKeys.all(slug), "duplicates"] as const,
};

/** Whether anything was given that somebody could be found by. */
function isAsking(query: CandidatesQuery): boolean {
  return Object.entries(query).some(
    ([name, value]) => name !== "kind" && name !== "billing_country" && Boolean(value),
  );
}

/** Customers that may be the one with these values. */
export function candidatesQuery(slug: string, query: CandidatesQuery) {
  return queryOptions({
    queryKey: [...duplicateKeys.all(slug), "candidates", query],
    queryFn: ({ signal }) => djangoApi.get(CANDIDATES, { query, signal }),
    enabled: isAsking(query),
    select: (page): Candidate[] => page.results,
  });
}

export function isSearching(report: DuplicatesReport | undefined): boolean {
  return report?.scan?.state === "queued" || report?.scan?.state === "running";
}

/** The report page by page, the likeliest pairs first; asked for again while a search is on its way. */
export function reportQuery(slug: string) {
  return infiniteQueryOptions({
    queryKey: [...duplicateKeys.all(slug), "report"],
    queryFn: ({ pageParam, signal }): Promise<DuplicatesReport> =>
      pageParam === ""
        ? djangoApi.get("/api/crm/duplicates/", { query: { limit: PAGE_SIZE }, signal })
        : djangoApi.follow<DuplicatesReport>(pageParam, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: ({ state }) => (isSearching(state.data?.pages[0]) ? POLL_MS : false),
  });
}
