import { queryOptions } from "@tanstack/react-query";
import { djangoApi } from "@/api";
import type { components } from "@/api/schema";

export type Dashboard = components["schemas"]["Dashboard"];
export type PipelineFigures = components["schemas"]["PipelineFigures"];
export type StageFigures = components["schemas"]["StageFigures"];
export type Month = components["schemas"]["Month"];
export type Week = components["schemas"]["Week"];
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
