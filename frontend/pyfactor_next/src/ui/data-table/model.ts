import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { ReactNode } from "react";

export const features = tableFeatures({
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
});

/** A column. `cell` must depend on its row alone: rows are drawn again only when theirs changes. */
export interface DataColumn<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** Width in px before anybody drags it; default 160. */
  width?: number;
  minWidth?: number;
  align?: "start" | "end";
  /** The API's ordering name, when the list can be ordered by this. */
  ordering?: string;
  /** Not shown until chosen in the Display menu. */
  isHiddenAtFirst?: boolean;
}

/** One level of an order; `-name,created_at` is two of them. */
export interface SortRule {
  ordering: string;
  isDescending: boolean;
}

/** How a person has arranged a table's columns. */
export interface TableLayout {
  order: string[];
  hidden: string[];
  widths: Record<string, number>;
}

export const emptyLayout: TableLayout = { order: [], hidden: [], widths: {} };

export function parseOrdering(value: string | null | undefined): SortRule[] {
  return (value ?? "")
    .split(",")
    .filter(Boolean)
    .map((part) => ({ ordering: part.replace(/^-/, ""), isDescending: part.startsWith("-") }));
}

export function formatOrdering(rules: readonly SortRule[]): string {
  return rules.map((rule) => (rule.isDescending ? "-" : "") + rule.ordering).join(",");
}

/** A header's click: ascending, descending, none. With `isAdding` (Shift) the other levels stay. */
export function nextSort(
  rules: readonly SortRule[],
  ordering: string,
  isAdding: boolean,
): SortRule[] {
  const current = rules.find((rule) => rule.ordering === ordering);
  const others = isAdding ? rules.filter((rule) => rule.ordering !== ordering) : [];
  if (!current) return [...others, { ordering, isDescending: false }];
  if (current.isDescending) return [...others];
  const flipped = { ordering, isDescending: true };
  return isAdding ? rules.map((rule) => (rule === current ? flipped : rule)) : [flipped];
}

/** Column ids in the person's order; ones she has never seen keep their place at the end. */
export function orderedIds<T>(columns: readonly DataColumn<T>[], layout: TableLayout): string[] {
  const known = columns.map((column) => column.id);
  const placed = layout.order.filter((id) => known.includes(id));
  return [...placed, ...known.filter((id) => !placed.includes(id))];
}
