import { queryOptions } from "@tanstack/react-query";
import { djangoApi } from "@/api";

export const notificationKeys = {
  lists: (slug: string) => [slug, "notifications", "list"] as const,
};

/** The reminders that one has not seen yet, newest first. */
export function unreadQuery(slug: string) {
  return queryOptions({
    queryKey: [...notificationKeys.lists(slug), "unread"],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/notifications/", { query: { unread: "true", limit: 20 }, signal }),
    select: (page) => page.results,
  });
}
