import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type RequestBody, type ResponseBody } from "@/api";

const PATH = "/api/tenants/current/single-sign-on/";

export type SingleSignOn = ResponseBody<typeof PATH, "get">;
export type MailDomain = SingleSignOn["domains"][number];
export type NewProvider = RequestBody<typeof PATH, "put">;
export type Connection = ResponseBody<"/api/auth/sso/links/", "get">["results"][number];

/** How the business does it. */
export function singleSignOnQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "single-sign-on"],
    queryFn: ({ signal }) => djangoApi.get(PATH, { signal }),
  });
}

/** The businesses whose providers may sign the person in. */
export const connectionsQuery = queryOptions({
  queryKey: ["connections"],
  queryFn: ({ signal }) => djangoApi.get("/api/auth/sso/links/", { signal }),
});
