import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { djangoApi, type QueryParams } from "@/api";
import type { Link } from "./types";

export type ContactsQuery = NonNullable<QueryParams<"/api/crm/contacts/", "get">>;

/** The API's largest page. */
const MAX_PAGE = 200;
/** As many as a lookup shows. */
const FOUND = 20;

export const contactKeys = {
  all: (slug: string) => [slug, "contacts"] as const,
  lists: (slug: string) => [slug, "contacts", "list"] as const,
  record: (slug: string, id: string) => [slug, "contacts", "record", id] as const,
  /** As the news of them calls them. */
  links: (slug: string) => [slug, "customercontacts"] as const,
  linksOf: (slug: string, ends: unknown) => [slug, "customercontacts", "list", ends] as const,
};

export function contactQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: contactKeys.record(slug, id),
    queryFn: ({ signal }) => djangoApi.get("/api/crm/contacts/{id}/", { path: { id }, signal }),
  });
}

/** One end of the links that are wanted. */
export type End = { customer: string } | { contact: string };

/** The primary ones first. Links stay where the other end is in the trash; those are left out. */
export function otherEndInUse(links: readonly Link[], other: "contact" | "customer"): Link[] {
  return links
    .filter((link) => link[`${other}_deleted_at`] === null)
    .sort((a, b) => Number(b.is_primary) - Number(a.is_primary));
}

/** Who stands for a customer, or whom a contact stands for. */
export function linksQuery(slug: string, end: End) {
  return queryOptions({
    queryKey: contactKeys.linksOf(slug, end),
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/customer-contacts/", { query: { ...end, limit: MAX_PAGE }, signal }),
    select: (page): Link[] =>
      otherEndInUse(page.results, "customer" in end ? "contact" : "customer"),
  });
}

/** Whom each of these contacts stands for, for one page of a list. */
export function linksOfPageQuery(slug: string, ids: readonly string[]) {
  return queryOptions({
    queryKey: contactKeys.linksOf(slug, ids),
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/customer-contacts/", {
        query: { contact__in: [...ids], limit: MAX_PAGE },
        signal,
      }),
    select: (page): Link[] => otherEndInUse(page.results, "customer"),
    enabled: ids.length > 0,
  });
}

/** Contacts that match a text, to choose one. */
export function contactsLookup(slug: string, text: string) {
  return queryOptions({
    queryKey: [...contactKeys.all(slug), "lookup", text],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/contacts/", {
        query: {
          ...(text ? { q: text } : {}),
          limit: FOUND,
          ordering: "name",
          fields: "id,display_name,job_title,email",
        },
        signal,
      }),
    placeholderData: keepPreviousData,
    select: ({ results }) => results,
  });
}

/** Customers that match a text, to choose one. */
export function customersLookup(slug: string, text: string) {
  return queryOptions({
    queryKey: [slug, "customers", "lookup", "contacts", text],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/customers/", {
        query: {
          ...(text ? { q: text } : {}),
          limit: FOUND,
          ordering: "name",
          fields: "id,display_name,account_number",
        },
        signal,
      }),
    placeholderData: keepPreviousData,
    select: ({ results }) => results,
  });
}
