import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type ResponseBody } from "@/api";
import type { Tag, TagUse } from "./types";

export const tagKeys = {
  all: (slug: string) => [slug, "tags"] as const,
  list: (slug: string) => [slug, "tags", "list"] as const,
  uses: (slug: string) => [slug, "tags", "list", "uses"] as const,
};

type TagPage = ResponseBody<"/api/crm/tags/", "get">;

const MAX_PAGE = 200;
/** Chips are in many places; who changes a tag has the list asked for again. */
const STALE_MS = 60_000;

/** All tags of the business, by name. */
export function tagsQuery(slug: string) {
  return queryOptions({
    queryKey: tagKeys.list(slug),
    queryFn: async ({ signal }): Promise<Tag[]> => {
      let page: TagPage = await djangoApi.get("/api/crm/tags/", {
        query: { limit: MAX_PAGE },
        signal,
      });
      const tags = [...page.results];
      while (page.next !== null) {
        page = await djangoApi.follow<TagPage>(page.next, signal);
        tags.push(...page.results);
      }
      return tags;
    },
    staleTime: STALE_MS,
  });
}

/** On how many records each tag is; one that is on none is left out. */
export function usesQuery(slug: string) {
  return queryOptions({
    queryKey: tagKeys.uses(slug),
    queryFn: ({ signal }): Promise<TagUse[]> => djangoApi.get("/api/crm/tags/uses/", { signal }),
    staleTime: 0,
  });
}
