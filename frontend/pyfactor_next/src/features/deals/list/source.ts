import { djangoApi } from "@/api";
import type { ListSource, ListSpec } from "@/features/records";
import { type DealsQuery, dealKeys } from "../queries";
import { CATEGORIES, type ListedDeal, ROW_FIELDS } from "../types";

/** What list and board can be narrowed by; the names are those of the address, too. */
const FILTERS = {
  pipeline: { type: "one" },
  stage: { type: "any" },
  category: { type: "choice", values: CATEGORIES },
  owner: { type: "owner" },
  tag: { type: "tag", name: "tags" },
  expected_close_on: { type: "date", isCompound: true },
  closed_at: { type: "date" },
  lost_reason: { type: "any", isCompound: true },
  source: { type: "text", isCompound: true },
  created_at: { type: "date" },
  updated_at: { type: "date" },
} as const satisfies ListSpec["filters"];
export type FilterName = keyof typeof FILTERS;

const ORDERINGS = [
  "name",
  "deal_number",
  "amount",
  "expected_close_on",
  "closed_at",
  "created_at",
  "updated_at",
] as const;
export type Ordering = (typeof ORDERINGS)[number];

export const dealsSource: ListSource<ListedDeal> = {
  spec: {
    entity: "deal",
    path: "deals",
    filters: FILTERS,
    orderings: ORDERINGS,
    mine: "owner",
  },
  rowFields: ROW_FIELDS,
  rowsKey: dealKeys.rows,
  get: (query, signal) => djangoApi.get("/api/crm/deals/", { query: query as DealsQuery, signal }),
};

export function nameOf(row: Pick<ListedDeal, "name">): string {
  return row.name;
}
