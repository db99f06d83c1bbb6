import { formatConditions, type Node, parseConditions } from "@/features/records";
import { formatOrdering, parseOrdering, type SortRule } from "@/ui/data-table/ordering";
import {
  type CustomersQuery,
  FILTER_NAMES,
  type Filter,
  type FilterField,
  formatFilter,
  parseFilter,
  toQuery,
} from "./filters";

/** The API's names of what a list can be ordered by. */
export const ORDERINGS = [
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

export const VIEW_PARAMS = [
  "q",
  "ordering",
  "trashed",
  "columns",
  "filter",
  "view",
  ...FILTER_NAMES,
] as const;
export type ViewParam = (typeof VIEW_PARAMS)[number];

/** The business's own fields; which there are is known once they are loaded. */
const OWN_ORDERING = /^custom\.[a-z][a-z0-9_]{0,49}$/;

export function isOwnOrdering(name: string): boolean {
  return OWN_ORDERING.test(name);
}

function isOrdering(name: string): boolean {
  return (ORDERINGS as readonly string[]).includes(name) || isOwnOrdering(name);
}

/** Reads a view from an address; what means nothing is left out, so no address can break the list. */
export function parseView(get: (param: ViewParam) => string | null): View {
  const sort = parseOrdering(get("ordering")).filter(
    (rule, at, all) =>
      isOrdering(rule.ordering) && all.findIndex((r) => r.ordering === rule.ordering) === at,
  );
  const columns = get("columns")?.split(",").filter(Boolean) ?? [];
  return {
    q: get("q") ?? "",
    sort,
    isTrash: get("trashed") === "true",
    filters: FILTER_NAMES.flatMap((field) => parseFilter(field, get(field)) ?? []),
    conditions: parseConditions(get("filter")),
    savedId: get("view"),
    columns: columns.length > 0 ? columns : null,
  };
}

/** A view as parameters of an address; null takes one away. */
export function formatView(view: View): Record<ViewParam, string | null> {
  const filters = Object.fromEntries(
    FILTER_NAMES.map((field) => {
      const filter = view.filters.find((each) => each.field === field);
      return [field, filter ? formatFilter(filter) : null];
    }),
  ) as Record<FilterField, string | null>;
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
export function viewSearch(view: View): string {
  const entries = Object.entries(formatView(view)).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  return new URLSearchParams(entries).toString();
}

export function viewFromSearch(search: string): View {
  const params = new URLSearchParams(search);
  return parseView((name) => params.get(name));
}

/** Replaces a field's condition, or adds it at the end, or takes it away. */
export function withFilter(view: View, field: FilterField, filter: Filter | null): View {
  const others = view.filters.filter((each) => each.field !== field);
  return { ...view, filters: filter ? [...others, filter] : others };
}

/** Whether anything narrows the list. The trash is a place of its own, not a filter. */
export function isNarrowed(view: View): boolean {
  return view.q.trim() !== "" || view.filters.length > 0 || view.conditions !== null;
}

export function queryOfView(view: View, timeZone: string, today: string): CustomersQuery {
  return toQuery({ ...view, ordering: formatOrdering(view.sort) }, timeZone, today);
}
