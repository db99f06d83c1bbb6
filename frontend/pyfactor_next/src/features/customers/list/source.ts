import { djangoApi, type QueryParams } from "@/api";
import type { ListQuery, ListSource, ListSpec } from "@/features/records";
import { customerKeys } from "../queries";
import { type CustomerRow, KINDS, ROW_FIELDS, STAGES, STATUSES } from "../types";

/** The list's query as the API takes it. */
export type CustomersQuery = NonNullable<QueryParams<"/api/crm/customers/", "get">>;

/** What the list can be narrowed by; the names are those of the address, too. */
const FILTERS = {
  stage: { type: "choice", values: STAGES },
  status: { type: "choice", values: STATUSES },
  kind: { type: "choice", values: KINDS },
  owner: { type: "owner" },
  tag: { type: "tag", name: "tags" },
  billing_country: { type: "country" },
  billing_city: { type: "text" },
  source: { type: "text" },
  industry: { type: "text" },
  created_at: { type: "date" },
  updated_at: { type: "date" },
} as const satisfies ListSpec["filters"];
export type FilterName = keyof typeof FILTERS;

const ORDERINGS = [
  "name",
  "account_number",
  "email",
  "city",
  "country",
  "stage",
  "created_at",
  "updated_at",
] as const;
export type Ordering = (typeof ORDERINGS)[number];

export const customersSource: ListSource<CustomerRow> = {
  spec: {
    entity: "customer",
    path: "customers",
    filters: FILTERS,
    orderings: ORDERINGS,
    mine: "owner",
  },
  rowFields: ROW_FIELDS,
  rowsKey: customerKeys.lists,
  get: (query: ListQuery, signal) =>
    djangoApi.get("/api/crm/customers/", { query: query as CustomersQuery, signal }),
};
