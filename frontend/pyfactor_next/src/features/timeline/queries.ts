import { infiniteQueryOptions } from "@tanstack/react-query";
import { djangoApi, type ResponseBody } from "@/api";
import type { About } from "@/features/activities";

export type TimelinePage = ResponseBody<"/api/crm/timeline/", "get">;
export type Moment = TimelinePage["results"][number];
export type Change = NonNullable<Moment["change"]>;

const PAGE_SIZE = 30;

/** A record's timeline, newest first. kinds: comma-separated, "" for all. */
export function timelineQuery(slug: string, about: About, kinds: string) {
  return infiniteQueryOptions({
    queryKey: [slug, "timeline", about, kinds],
    queryFn: ({ pageParam, signal }): Promise<TimelinePage> =>
      pageParam === ""
        ? djangoApi.get("/api/crm/timeline/", {
            query: { ...about, ...(kinds ? { kinds } : {}), limit: PAGE_SIZE },
            signal,
          })
        : djangoApi.follow<TimelinePage>(pageParam, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
}
