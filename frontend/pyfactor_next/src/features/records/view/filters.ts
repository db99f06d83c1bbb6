import { allOf, type Condition, type Node, partsOf } from "../list/conditions";
import type { ListQuery, ListSpec } from "../source";
import { addDays, type DateRange, formatRange, parseRange, startOfDay } from "./date-range";

/** One of these words, as they stand in the address. */
interface ChoiceKind {
  type: "choice";
  values: readonly string[];
}
/**
 * Any word (text), a country code, a language's tag, a member's id or "me" (owner), a tag's id, the id of
 * something else that is set up, of one alone (one) or of several (any), or days.
 */
interface OtherKind {
  type: "text" | "country" | "language" | "owner" | "tag" | "any" | "one" | "date";
}
export type FilterKind = (ChoiceKind | OtherKind) & {
  /** The compound filter's name of the field, where that is another. */
  name?: string;
  /** The list has no parameter for it: the compound filter says it. */
  isCompound?: true;
};

/** One condition: the field's value is one of these, or lies in this range of days. */
export type Filter =
  | { field: string; values: readonly string[] }
  | { field: string; range: DateRange };

/** As many days as the API counts back. */
const MAX_DAYS = 999;
const ID = /^[0-9a-f-]{36}$/;
const FORMS: Partial<Record<OtherKind["type"], RegExp>> = {
  country: /^[A-Z]{2}$/,
  language: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
  tag: ID,
  any: ID,
  one: ID,
  owner: /^(me|[0-9a-f-]{36})$/,
};

export function filterNames(spec: ListSpec): readonly string[] {
  return Object.keys(spec.filters);
}

/** Reads a condition from the address; null when there is none or it means nothing. */
export function parseFilter(spec: ListSpec, field: string, text: string | null): Filter | null {
  const kind = spec.filters[field];
  if (!text || !kind) return null;
  if (kind.type === "date") {
    const range = parseRange(text);
    return range && { field, range };
  }
  const values = [...new Set(text.split(",").map((value) => value.trim()))].filter((value) => {
    if (kind.type === "choice") return kind.values.includes(value);
    return FORMS[kind.type]?.test(value) ?? value !== "";
  });
  if (kind.type === "one") values.splice(1);
  return values.length > 0 ? { field, values } : null;
}

/** The condition as it stands in the address. */
export function formatFilter(filter: Filter): string {
  return "range" in filter ? formatRange(filter.range) : filter.values.join(",");
}

/** The condition as the compound filter says it. */
export function conditionOf(spec: ListSpec, filter: Filter): Condition {
  const field = spec.filters[filter.field]?.name ?? filter.field;
  if ("values" in filter) return { field, op: "in", value: filter.values };
  const { range } = filter;
  switch (range.operator) {
    case "last":
      return { field, op: "within", value: `last ${Math.min(range.days, MAX_DAYS)} days` };
    case "between":
      return { field, op: "between", value: [range.first, range.last] };
    default:
      return { field, op: range.operator, value: range.day };
  }
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
export function toQuery(
  spec: ListSpec,
  view: ListView,
  timeZone: string,
  today: string,
): ListQuery {
  const query: Record<string, ListQuery[string]> = {};
  if (view.q.trim()) query["q"] = view.q.trim();
  if (view.ordering) query["ordering"] = view.ordering;
  if (view.isTrash) query["trashed"] = true;
  const said: Node[] = [];
  for (const filter of view.filters) {
    const kind = spec.filters[filter.field];
    if (kind?.isCompound) said.push(conditionOf(spec, filter));
    else if ("values" in filter) {
      if (kind?.type === "one") query[filter.field] = filter.values[0] ?? "";
      else query[`${filter.field}__in`] = filter.values;
    } else {
      const { from, until } = daysOf(filter.range, today);
      if (from) query[`${filter.field}__gte`] = startOfDay(from, timeZone);
      if (until) query[`${filter.field}__lt`] = startOfDay(until, timeZone);
    }
  }
  const compound = allOf([...said, ...partsOf(view.conditions ?? null)]);
  if (compound) query["filter"] = JSON.stringify(compound);
  return query;
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
