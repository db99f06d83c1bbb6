"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { djangoApi, type QueryParams, type ResponseBody } from "@/api";
import { formatPhone } from "@/features/customers";
import { type DuplicateResource, useDebounced } from "@/features/records";
import { useSession } from "@/features/session";
import { contactsLookup } from "../queries";

const CANDIDATES = "/api/crm/contact-duplicates/candidates/";
const LOOKUP_MS = 250;

type Candidate = ResponseBody<typeof CANDIDATES, "get">["results"][number];
type CandidatesQuery = QueryParams<typeof CANDIDATES, "get">;
type Side = ResponseBody<"/api/crm/contact-duplicates/", "get">["results"][number]["first"];

/** Contacts that may be one. */
export const contactDuplicates: DuplicateResource<Candidate, Side> = {
  name: "contacts",
  ignored: [],
  candidates: (query, signal) =>
    djangoApi.get(CANDIDATES, { query: query as CandidatesQuery, signal }),
  report: (limit, signal) =>
    djangoApi.get("/api/crm/contact-duplicates/", { query: { limit }, signal }),
  scan: () => djangoApi.post("/api/crm/contact-duplicates/scan/", undefined),
  tellApart: (pair, onChange) =>
    djangoApi.post("/api/crm/contact-distinctions/", pair, { onChange }),
  shape: () => "circle",
  noteOf: ({ job_title, customer, email }) =>
    [job_title, customer, email].filter(Boolean).join(" · "),
  noteOfSide: ({ job_title, customer }) => [job_title, customer].filter(Boolean).join(" · "),
  facts: ({ email, phone }) => ({ email, phone: formatPhone(phone) }),
  Merge: dynamic(() => import("../merge/contact-merge").then((m) => m.ContactMerge)),
  useFound: (text) => {
    const { slug } = useSession();
    const { data = [] } = useQuery(contactsLookup(slug, useDebounced(text, LOOKUP_MS)));
    return data.map(({ id, display_name: label, job_title, email }) => ({
      value: id,
      label,
      note: job_title || email || "",
    }));
  },
};
