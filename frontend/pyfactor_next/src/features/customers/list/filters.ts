import type { QueryParams } from "@/api";
import type { Node } from "@/features/records";
import { KINDS, STAGES, STATUSES } from "../types";
import { addDays, type DateRange, formatRange, parseRange, startOfDay } from "./date-range";

/** The list's query as the API takes it. */
export type CustomersQuery = NonNullable<QueryParams<"/api/crm/customers/", "get">>;

interface ChoiceField {
  type: "choice";
  values: readonly string[];
}
/** Any word (text), a country code, a member's id or "me" (owner), or a tag's id. */
interface WordField {
  type: "text" | "country" | "owner" | "tag";
}
interface DateField {
  type: "date";
}
export type FilterKind = ChoiceField | WordField | DateField;

/** What the API can filter by, under its own names; they are the names in the address, too. */
export const FILTER_FIELDS = {
  stage: { type: "choice", values: STAGES },
  status: { type: "choice", values: STATUSES },
  kind: { type: "choice", values: KINDS },
  owner: { type: "owner" },
  tag: { type: "tag" },
  billing_country: { type: "country" },
  billing_city: { type: "text" },
  source: { type: "text" },
  industry: { type: "text" },
  created_at: { type: "date" },
  updated_at: { type: "date" },
} as const satisfies Record<string, FilterKind>;

export type FilterField = keyof typeof FILTER_FIELDS;
export const FILTER_NAMES = Object.keys(FILTER_FIELDS) as FilterField[];

/** One condition: the field's value is one of these, or lies in this range of days. */
export type Filter =
  | { field: FilterField; values: readonly string[] }
  | { field: FilterField; range: DateRange };

/** Reads a condition from the address; null when there is none or it means nothing. */
export function parseFilter(field: FilterField, text: string | null): Filter | null {
  if (!text) return null;
  const kind: FilterKind = FILTER_FIELDS[field];
  if (kind.type === "date") {
    const range = parseRange(text);
    return range && { field, range };
  }
  const values = [...new Set(text.split(",").map((value) => value.trim()))].filter((value) => {
    if (kind.type === "choice") return kind.values.includes(value);
    if (kind.type === "country") return /^[A-Z]{2}$/.test(value);
    if (kind.type === "tag") return /^[0-9a-f-]{36}$/.test(value);
    if (kind.type === "owner") return /^(me|[0-9a-f-]{36})$/.test(value);
    return value !== "";
  });
  return values.length > 0 ? { field, values } : null;
}

/** The condition as it stands in the address. */
export function formatFilter(filter: Filter): string {
  return "range" in filter ? formatRange(filter.range) : filter.values.join(",");
}

interface ListView {
  q: string;
  ordering: string;
  isTrash: boolean;
  filters: readonly Filter[];
  conditions?: Node | null;
}

/**
 * The API's query for a view. Days begin in `timeZone`, the business's; `today` there decides what
 * "the last 30 days" are. Equal views give equal queries all day, so they share one cache entry.
 */
export function toQuery(view: ListView, timeZone: string, today: string): CustomersQuery {
  const query: Record<string, string | readonly string[] | boolean> = {};
  if (view.q.trim()) query["q"] = view.q.trim();
  if (view.ordering) query["ordering"] = view.ordering;
  if (view.isTrash) query["trashed"] = true;
  if (view.conditions) query["filter"] = JSON.stringify(view.conditions);
  for (const filter of view.filters) {
    if ("values" in filter) {
      query[`${filter.field}__in`] = filter.values;
      continue;
    }
    const { from, until } = daysOf(filter.range, today);
    if (from) query[`${filter.field}__gte`] = startOfDay(from, timeZone);
    if (until) query[`${filter.field}__lt`] = startOfDay(until, timeZone);
  }
  // Field names and values were checked above; the compiler cannot see that through the computed keys.
  return query as CustomersQuery;
}

/** First day, and the day after the last one. */
function daysOf(range: DateRange, today: string): { from?: string; until?: string } {
  switch (range.operator) {
    case "on":
      return { from: range.day, until: addDays(range.day, 1) };
    case "after":
      return { from: addDays(range.day, 1) };
    case "before":
      return { until: range.day };
    case "between":
      return { from: range.first, until: addDays(range.last, 1) };
    case "last":
      // Today is one of them.
      return { from: addDays(today, 1 - range.days) };
  }
}
