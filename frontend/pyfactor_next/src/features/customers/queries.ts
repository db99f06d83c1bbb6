import { queryOptions } from "@tanstack/react-query";
import { djangoApi } from "@/api";
import { type CustomerRow, ROW_FIELDS } from "./types";

const ROW_FIELD_LIST = ROW_FIELDS.join(",");

export const customerKeys = {
  all: (slug: string) => [slug, "customers"] as const,
  lists: (slug: string) => [slug, "customers", "list"] as const,
  record: (slug: string, id: string) => [slug, "customers", "record", id] as const,
  /** Of mutations: the edits of one customer. */
  edits: (slug: string, id: string) => [slug, "customers", "edit", id] as const,
};

export function customerQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: customerKeys.record(slug, id),
    queryFn: ({ signal }) => djangoApi.get("/api/crm/customers/{id}/", { path: { id }, signal }),
  });
}

/** A handful of customers that match a text, e.g. ones that may be the one being entered. */
export function lookupQuery(slug: string, text: string) {
  return queryOptions({
    queryKey: [...customerKeys.all(slug), "lookup", text],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/customers/", {
        query: { q: text, limit: 5, fields: ROW_FIELD_LIST },
        signal,
      }),
    enabled: text !== "",
    select: (page): CustomerRow[] => page.results,
  });
}
