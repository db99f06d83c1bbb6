import { allOf, type Condition, type Node, partsOf } from "../list/conditions";
import type { ListSpec } from "../source";
import { conditionOf, type Filter, filterNames, parseFilter } from "./filters";

/** The condition in the short form that the address has for it; null where it has none. */
function shortForm(spec: ListSpec, node: Node): Filter | null {
  if (!("field" in node)) return null;
  const field = filterNames(spec).find((name) => (spec.filters[name]?.name ?? name) === node.field);
  if (field === undefined) return null;
  const text = textOf(node, spec.filters[field]?.type === "date");
  const filter = text === null ? null : parseFilter(spec, field, text);
  return filter && JSON.stringify(conditionOf(spec, filter)) === JSON.stringify(node)
    ? filter
    : null;
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
export function joined(
  spec: ListSpec,
  filters: readonly Filter[],
  conditions: Node | null,
): Node | null {
  const said = filters.map((filter) => conditionOf(spec, filter));
  return allOf([...said, ...partsOf(conditions)]);
}

/** The other way round: what has a short form becomes a filter, the rest stays a condition. */
export function split(
  spec: ListSpec,
  node: Node | null,
): { filters: Filter[]; conditions: Node | null } {
  const short = new Map<string, Filter>();
  const rest: Node[] = [];
  for (const part of partsOf(node)) {
    const filter = shortForm(spec, part);
    if (filter && !short.has(filter.field)) short.set(filter.field, filter);
    else rest.push(part);
  }
  const filters = filterNames(spec).flatMap((field) => short.get(field) ?? []);
  return { filters, conditions: allOf(rest) };
}
