import { queryOptions } from "@tanstack/react-query";
import { djangoApi } from "@/api";
import type { components } from "@/api/schema";

export type Dashboard = components["schemas"]["Dashboard"];
export type PipelineFigures = components["schemas"]["PipelineFigures"];
export type StageFigures = components["schemas"]["StageFigures"];
export type Month = components["schemas"]["Month"];
export type Week = components["schemas"]["Week"];
export type ChangeSet = components["schemas"]["ChangeSet"];
export type Worth = components["schemas"]["Worth"];

export const dashboardKey = (slug: string) => [slug, "dashboard"] as const;

export function dashboardQuery(slug: string) {
  return queryOptions({
    queryKey: dashboardKey(slug),
    queryFn: ({ signal }) => djangoApi.get("/api/crm/dashboard/", { signal }),
    // Somebody comes home to see how things are.
    refetchOnMount: "always",
  });
}

const CHANGES_SHOWN = 8;

/** What was done last, by anybody. */
export function changesQuery(slug: string) {
  return queryOptions({
    queryKey: [...dashboardKey(slug), "changes"],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/changes/", { query: { limit: CHANGES_SHOWN, security: false }, signal }),
    refetchOnMount: "always",
  });
}
