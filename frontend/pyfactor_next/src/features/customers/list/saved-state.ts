import { allOf, type Condition, type Node, partsOf } from "@/features/records";
import { FILTER_FIELDS, FILTER_NAMES, type Filter, type FilterField, parseFilter } from "./filters";

/** As many days as the API counts back. */
const MAX_DAYS = 999;

/** The compound filter calls the field as the record does: it holds several tags. */
const LONG_NAMES: Partial<Record<FilterField, string>> = { tag: "tags" };

function longName(field: FilterField): string {
  return LONG_NAMES[field] ?? field;
}

function conditionOf(filter: Filter): Condition {
  const field = longName(filter.field);
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

/** The condition in the short form that the address has for it; null where it has none. */
function shortForm(node: Node): Filter | null {
  if (!("field" in node)) return null;
  const field = FILTER_NAMES.find((name) => longName(name) === node.field);
  if (field === undefined) return null;
  const text = textOf(node, FILTER_FIELDS[field].type === "date");
  const filter = text === null ? null : parseFilter(field, text);
  return filter && JSON.stringify(conditionOf(filter)) === JSON.stringify(node) ? filter : null;
}

function textOf({ op, value }: Condition, isDate: boolean): string | null {
  if (!isDate) return op === "in" && Array.isArray(value) ? value.join(",") : null;
  if (op === "between" && Array.isArray(value)) return value.join("..");
  if (typeof value !== "string") return null;
  const days = /^last (\d+) days$/.exec(value)?.[1];
  return (
    { within: days ? `last_${days}` : null, on: value, after: `>${value}`, before: `<${value}` }[
      op as "on"
    ] ?? null
  );
}

/** Filters and conditions of a list as the one filter of a saved view. */
export function joined(filters: readonly Filter[], conditions: Node | null): Node | null {
  return allOf([...filters.map(conditionOf), ...partsOf(conditions)]);
}

/** The other way round: what has a short form becomes a filter, the rest stays a condition. */
export function split(node: Node | null): { filters: Filter[]; conditions: Node | null } {
  const short = new Map<FilterField, Filter>();
  const rest: Node[] = [];
  for (const part of partsOf(node)) {
    const filter = shortForm(part);
    if (filter && !short.has(filter.field)) short.set(filter.field, filter);
    else rest.push(part);
  }
  const filters = FILTER_NAMES.flatMap((field) => short.get(field) ?? []);
  return { filters, conditions: allOf(rest) };
}
