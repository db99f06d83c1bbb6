import { formatOrdering, parseOrdering, type SortRule } from "@/ui/data-table/ordering";
import { formatConditions, type Node, parseConditions } from "../list/conditions";
import type { ListQuery, ListSpec } from "../source";
import { type Filter, filterNames, formatFilter, parseFilter, toQuery } from "./filters";

/** Everything that decides what the list shows; the address holds all of it. */
export interface View {
  q: string;
  sort: readonly SortRule[];
  isTrash: boolean;
  filters: readonly Filter[];
  /** Conditions in groups, beside the filters; null for none. */
  conditions: Node | null;
  /** The saved view that was opened, whatever was changed since. */
  savedId: string | null;
  /** Ids of the columns shown, in order; null where the person's own arrangement holds. */
  columns: readonly string[] | null;
}

const PARAMS = ["q", "ordering", "trashed", "columns", "filter", "view"] as const;

/** What of an address is the view's. */
export function viewParams(spec: ListSpec): readonly string[] {
  return [...PARAMS, ...filterNames(spec)];
}

/** The business's own fields; which there are is known once they are loaded. */
const OWN_ORDERING = /^custom\.[a-z][a-z0-9_]{0,49}$/;

export function isOwnOrdering(name: string): boolean {
  return OWN_ORDERING.test(name);
}

function isOrdering(spec: ListSpec, name: string): boolean {
  return spec.orderings.includes(name) || isOwnOrdering(name);
}

/** Reads a view from an address; what means nothing is left out, so no address can break the list. */
export function parseView(spec: ListSpec, get: (param: string) => string | null): View {
  const sort = parseOrdering(get("ordering")).filter(
    (rule, at, all) =>
      isOrdering(spec, rule.ordering) && all.findIndex((r) => r.ordering === rule.ordering) === at,
  );
  const columns = get("columns")?.split(",").filter(Boolean) ?? [];
  return {
    q: get("q") ?? "",
    sort,
    isTrash: get("trashed") === "true",
    filters: filterNames(spec).flatMap((field) => parseFilter(spec, field, get(field)) ?? []),
    conditions: parseConditions(get("filter")),
    savedId: get("view"),
    columns: columns.length > 0 ? columns : null,
  };
}

/** A view as parameters of an address; null takes one away. */
export function formatView(spec: ListSpec, view: View): Record<string, string | null> {
  const filters = Object.fromEntries(
    filterNames(spec).map((field) => {
      const filter = view.filters.find((each) => each.field === field);
      return [field, filter ? formatFilter(filter) : null];
    }),
  );
  return {
    q: view.q || null,
    ordering: formatOrdering(view.sort) || null,
    trashed: view.isTrash ? "true" : null,
    columns: view.columns?.join(",") || null,
    filter: formatConditions(view.conditions),
    view: view.savedId,
    ...filters,
  };
}

/** The view as the search part of an address, without "?". */
export function viewSearch(spec: ListSpec, view: View): string {
  const entries = Object.entries(formatView(spec, view)).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  return new URLSearchParams(entries).toString();
}

export function viewFromSearch(spec: ListSpec, search: string): View {
  const params = new URLSearchParams(search);
  return parseView(spec, (name) => params.get(name));
}

/** Replaces a field's condition, or adds it at the end, or takes it away. */
export function withFilter(view: View, field: string, filter: Filter | null): View {
  const others = view.filters.filter((each) => each.field !== field);
  return { ...view, filters: filter ? [...others, filter] : others };
}

/** Whether anything narrows the list. The trash is a place of its own, not a filter. */
export function isNarrowed(view: View): boolean {
  return view.q.trim() !== "" || view.filters.length > 0 || view.conditions !== null;
}

export function queryOfView(
  spec: ListSpec,
  view: View,
  timeZone: string,
  today: string,
): ListQuery {
  return toQuery(spec, { ...view, ordering: formatOrdering(view.sort) }, timeZone, today);
}
