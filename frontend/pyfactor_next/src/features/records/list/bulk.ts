import type { RequestBody, ResponseBody } from "@/api";
import type { OwnField } from "@/features/fields";
import type { ListQuery } from "../source";

/** The body and the answer of every resource's POST …/bulk/. */
export type BulkBody = RequestBody<"/api/crm/customers/bulk/", "post">;
export type BulkResult = ResponseBody<"/api/crm/customers/bulk/", "post">;

/** As many ids as an address holds. */
export const EXPORT_MAX = 100;

/** Which records: these, or all that the list finds. */
export type BulkTarget = Pick<BulkBody, "ids" | "query" | "filter" | "expected_count">;

/** What a resource offers for many of its records, beside editing and the trash. */
export interface BulkOffers {
  /** To give them to a member; not for what has no owner. */
  assign: boolean;
  /** Tags put on and taken off. */
  tag: boolean;
}

/** A field that many records can be given one value of. */
export interface BulkFieldDef {
  name: string;
  label: string;
  /** A "percent" is a whole number from 0 to 100. */
  kind: "text" | "choice" | "list" | "member" | "bool" | "date" | "percent" | "own";
  options?: readonly { value: string; label: string }[];
  /** Of kind "own": the field that the business has added. */
  own?: OwnField;
}

/** What a bulk edit gives: field → value, the business's own under `custom`. */
export type BulkValues = Record<string, unknown>;

/** What a list's query says about rows, as a bulk action takes it: order and paging mean nothing. */
export function targetOfQuery(query: ListQuery, expectedCount: number): BulkTarget {
  const names = Object.keys(query).filter((name) => name !== "ordering" && name !== "filter");
  const filter = query["filter"];
  return {
    query: Object.fromEntries(names.map((name) => [name, String(query[name])])),
    filter: filter ? (JSON.parse(String(filter)) as Record<string, unknown>) : null,
    expected_count: expectedCount,
  };
}
