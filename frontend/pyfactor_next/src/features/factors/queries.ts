import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type ResponseBody } from "@/api";

export type Factors = ResponseBody<"/api/auth/factors/", "get">;
export type Passkey = Factors["passkeys"][number];
export type BusinessSecurity = ResponseBody<"/api/tenants/current/security/", "get">;

/** What the person proves herself by, beyond her password. */
export const factorsQuery = queryOptions({
  queryKey: ["factors"],
  queryFn: ({ signal }) => djangoApi.get("/api/auth/factors/", { signal }),
});

/** Whom the business asks for a second factor. */
export function businessSecurityQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "security"],
    queryFn: ({ signal }) => djangoApi.get("/api/tenants/current/security/", { signal }),
  });
}
