import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type RequestBody, type ResponseBody } from "@/api";

export type Subject = Pick<
  RequestBody<"/api/privacy/find/", "post">,
  "emails" | "phones" | "names"
>;
export type FoundTable = ResponseBody<"/api/privacy/find/", "post">["results"][number];
export type Place = FoundTable["hits"][number];
export type Counts = ResponseBody<"/api/privacy/erasures/", "post">["counts"];
export type Certificate = ResponseBody<"/api/privacy/erasures/", "get">["results"][number];
export type MappedTable = ResponseBody<"/api/privacy/data-map/", "get">["results"][number];
export type Rules = ResponseBody<"/api/privacy/retention/", "get">;

/** A record that is the person, as requests name it. */
export interface ChosenRecord {
  entity: "crm.customer" | "crm.contact";
  id: string;
}

/** What acts on a person's data ask for. Where the session is old, the dialog of the api client asks first. */
export async function givePass(): Promise<string> {
  const { pass } = await djangoApi.post("/api/tenants/current/privacy-pass/", undefined);
  return pass;
}

export function certificatesQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "privacy", "certificates"],
    queryFn: ({ signal }) => djangoApi.get("/api/privacy/erasures/", { signal }),
    select: (page) => page.results,
  });
}

export function dataMapQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "privacy", "data-map"],
    queryFn: ({ signal }) => djangoApi.get("/api/privacy/data-map/", { signal }),
    select: (page) => page.results,
  });
}

export function retentionQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "privacy", "retention"],
    queryFn: ({ signal }) => djangoApi.get("/api/privacy/retention/", { signal }),
  });
}

export function inactiveQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "privacy", "inactive"],
    queryFn: ({ signal }) => djangoApi.get("/api/privacy/inactive/", { signal }),
    select: (page) => page.results,
  });
}
