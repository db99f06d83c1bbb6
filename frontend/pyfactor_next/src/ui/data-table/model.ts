import { columnResizingFeature, columnSizingFeature, tableFeatures } from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { CellStep } from "./use-cells";

/** Order, visibility and selection are the page's own; each feature costs a first load. */
export const features = tableFeatures({ columnResizingFeature, columnSizingFeature });

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
  /** Editor of a cell; it saves by itself and calls `close`. Absent where a cell is only shown. */
  edit?: (row: T, close: (step?: CellStep) => void) => ReactNode;
  /** Not shown until chosen in the Display menu. */
  isHiddenAtFirst?: boolean;
}

/** How a person has arranged a table's columns. */
export interface TableLayout {
  order: string[];
  hidden: string[];
  widths: Record<string, number>;
  /** Rows nearer to each other. */
  isCompact?: boolean;
}

export const emptyLayout: TableLayout = { order: [], hidden: [], widths: {} };

/** Column ids in the person's order; ones she has never seen keep their place at the end. */
export function orderedIds<T>(columns: readonly DataColumn<T>[], layout: TableLayout): string[] {
  const known = columns.map((column) => column.id);
  const placed = layout.order.filter((id) => known.includes(id));
  return [...placed, ...known.filter((id) => !placed.includes(id))];
}
