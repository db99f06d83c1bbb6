import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type ResponseBody } from "@/api";

export type Scopes = ResponseBody<"/api/tenants/current/scopes/", "get">;
export type Scope = Scopes["member"];
export type Team = ResponseBody<"/api/tenants/current/teams/", "get">["results"][number];

export const SCOPES: readonly Scope[] = ["all", "team", "own"];

/** Whose records each role sees. */
export function scopesQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "scopes"],
    queryFn: ({ signal }) => djangoApi.get("/api/tenants/current/scopes/", { signal }),
  });
}

/** The teams, by name. */
export function teamsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "teams"],
    queryFn: ({ signal }) => djangoApi.get("/api/tenants/current/teams/", { signal }),
    select: (page) => page.results,
  });
}
