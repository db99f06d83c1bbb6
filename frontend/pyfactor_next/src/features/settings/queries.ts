import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type ResponseBody } from "@/api";

export type SessionItem = ResponseBody<"/api/auth/sessions/", "get">["results"][number];
export type IsolationReport = ResponseBody<"/api/isolation/", "get">;
export type InvitationItem = ResponseBody<
  "/api/tenants/current/invitations/",
  "get"
>["results"][number];

/** Invitations without an answer. */
export function invitationsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "invitations"],
    queryFn: ({ signal }) => djangoApi.get("/api/tenants/current/invitations/", { signal }),
    select: (page) => page.results,
  });
}

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: ({ signal }) => djangoApi.get("/api/auth/sessions/", { signal }),
  select: (page) => page.results,
});

/** The audit runs when it is asked for, so a cached answer would be a lie after a while. */
export function isolationQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "isolation"],
    queryFn: ({ signal }) => djangoApi.get("/api/isolation/", { signal, timeoutMs: 30_000 }),
    refetchOnWindowFocus: false,
  });
}
