import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type ResponseBody } from "@/api";

export type ApiKeyItem = ResponseBody<"/api/tenants/current/api-keys/", "get">["results"][number];

/** One's own keys; those of the whole business for owners and admins. */
export function apiKeysQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "api-keys"],
    queryFn: ({ signal }) => djangoApi.get("/api/tenants/current/api-keys/", { signal }),
    select: (page) => page.results,
  });
}
