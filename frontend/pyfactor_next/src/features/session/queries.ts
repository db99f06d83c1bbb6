import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type ResponseBody } from "@/api";

export type Me = ResponseBody<"/api/auth/me/", "get">;
export type Role = NonNullable<Me["membership"]>["role"];
export type Tenant = NonNullable<Me["tenant"]>;
export type TenantItem = ResponseBody<"/api/tenants/", "get">["results"][number];

/** Who is signed in, to which business. The server puts the first answer there. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => djangoApi.get("/api/auth/me/", { signal }),
  staleTime: 5 * 60_000,
});

/** The businesses this person is a member of. */
export const tenantsQuery = queryOptions({
  queryKey: ["tenants"],
  queryFn: ({ signal }) => djangoApi.get("/api/tenants/", { signal }),
  select: (page) => page.results,
  staleTime: 60_000,
});

/** Members of the business in use, for owner pickers. */
export function membersQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "members"],
    queryFn: ({ signal }) => djangoApi.get("/api/tenants/current/members/", { signal }),
    select: (page) => page.results,
    staleTime: 5 * 60_000,
  });
}
