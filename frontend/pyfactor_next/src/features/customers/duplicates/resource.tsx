"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { djangoApi, type QueryParams, type ResponseBody } from "@/api";
import { type DuplicateResource, useDebounced } from "@/features/records";
import { useSession } from "@/features/session";
import { formatPhone, formatWebsite } from "../phone";
import { lookupQuery } from "../queries";

const CANDIDATES = "/api/crm/duplicates/candidates/";
const LOOKUP_MS = 250;

type Candidate = ResponseBody<typeof CANDIDATES, "get">["results"][number];
type CandidatesQuery = QueryParams<typeof CANDIDATES, "get">;
type Side = ResponseBody<"/api/crm/duplicates/", "get">["results"][number]["first"];

/** Customers that may be one. */
export const customerDuplicates: DuplicateResource<Candidate, Side> = {
  name: "customers",
  ignored: ["kind", "billing_country"],
  candidates: (query, signal) =>
    djangoApi.get(CANDIDATES, { query: query as CandidatesQuery, signal }),
  report: (limit, signal) => djangoApi.get("/api/crm/duplicates/", { query: { limit }, signal }),
  scan: () => djangoApi.post("/api/crm/duplicates/scan/", undefined),
  tellApart: (pair, onChange) => djangoApi.post("/api/crm/distinctions/", pair, { onChange }),
  shape: ({ kind }) => (kind === "business" ? "square" : "circle"),
  noteOf: ({ account_number, billing_city, email }) =>
    [account_number, billing_city, email].filter(Boolean).join(" · "),
  noteOfSide: ({ account_number }) => account_number,
  facts: ({ email, phone, website, tax_id, billing_city }) => ({
    email,
    phone: formatPhone(phone),
    website: formatWebsite(website),
    tax_id,
    billing_city,
  }),
  Merge: dynamic(() => import("../merge/customer-merge").then((m) => m.CustomerMerge)),
  useFound: (text) => {
    const { slug } = useSession();
    const { data = [] } = useQuery(lookupQuery(slug, useDebounced(text, LOOKUP_MS)));
    return data.map(({ id, display_name: label, account_number: note }) => ({
      value: id,
      label,
      note,
    }));
  },
};
