import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { djangoApi } from "@/api";
import type { Candidate, DuplicateResource, Report, Side, Typed } from "./types";

const PAGE_SIZE = 25;
/** How often a search that is on its way is asked after. */
const POLL_MS = 1_000;

export function duplicatesKey(slug: string, { name }: Pick<DuplicateResource, "name">) {
  return [slug, name, "duplicates"] as const;
}

/** Records that may be the one with these values. */
export function candidatesQuery<C extends Candidate, S extends Side>(
  slug: string,
  resource: DuplicateResource<C, S>,
  query: Typed,
) {
  return queryOptions({
    queryKey: [...duplicatesKey(slug, resource), "candidates", query],
    queryFn: ({ signal }) => resource.candidates(query, signal),
    // Whether anything was given that somebody could be found by.
    enabled: Object.entries(query).some(
      ([name, value]) => value !== "" && !resource.ignored.includes(name),
    ),
    select: (page): C[] => page.results,
  });
}

export function isSearching(report: Report | undefined): boolean {
  return report?.scan?.state === "queued" || report?.scan?.state === "running";
}

/** The report page by page, the likeliest pairs first; asked for again while a search is on its way. */
export function reportQuery<C extends Candidate, S extends Side>(
  slug: string,
  resource: DuplicateResource<C, S>,
) {
  return infiniteQueryOptions({
    queryKey: [...duplicatesKey(slug, resource), "report"],
    queryFn: ({ pageParam, signal }): Promise<Report<S>> =>
      pageParam === ""
        ? resource.report(PAGE_SIZE, signal)
        : djangoApi.follow<Report<S>>(pageParam, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: ({ state }) => (isSearching(state.data?.pages[0]) ? POLL_MS : false),
  });
}
