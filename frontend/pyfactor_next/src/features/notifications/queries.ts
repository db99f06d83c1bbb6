import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type ResponseBody } from "@/api";

export type Notification = ResponseBody<"/api/crm/notifications/", "get">["results"][number];

/** As many are asked for; of more there is only said that there are more. */
const SHOWN = 20;

export const notificationKeys = {
  lists: (slug: string) => [slug, "notifications", "list"] as const,
};

/** What one has not seen yet, newest first. */
export function unreadQuery(slug: string) {
  return queryOptions({
    queryKey: [...notificationKeys.lists(slug), "unread"],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/notifications/", {
        query: { unread: "true", limit: SHOWN },
        signal,
      }),
    select: (page) => page.results,
  });
}

/** The latest, seen or not. */
export function latestQuery(slug: string) {
  return queryOptions({
    queryKey: [...notificationKeys.lists(slug), "latest"],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/notifications/", { query: { limit: SHOWN }, signal }),
    select: (page) => page.results,
  });
}
