import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type QueryParams } from "@/api";
import type { About } from "./types";

const SHOWN = 200;

export type ActivitiesQuery = NonNullable<QueryParams<"/api/crm/activities/", "get">>;

export const activityKeys = {
  all: (slug: string) => [slug, "activities"] as const,
  lists: (slug: string) => [slug, "activities", "list"] as const,
};

/** The activities of one record, of some kinds. */
export function activitiesQuery(slug: string, about: About, query: ActivitiesQuery) {
  return queryOptions({
    queryKey: [...activityKeys.lists(slug), about, query],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/activities/", {
        query: { ...about, ...query, limit: SHOWN },
        signal,
      }),
    select: (page) => page.results,
  });
}

/** Open tasks in groups. assignee: "me", a member's id, or "" for everybody's. */
export function tasksQuery(slug: string, assignee: string) {
  return queryOptions({
    queryKey: [...activityKeys.lists(slug), "tasks", assignee],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/activities/tasks/", {
        query: assignee ? { assignee } : {},
        signal,
      }),
  });
}
