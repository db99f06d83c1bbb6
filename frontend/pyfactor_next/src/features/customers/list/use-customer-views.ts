"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { defaultOf, type SavedView, stateOf, useSavedViews } from "@/features/records";
import type { TableLayout } from "@/ui/data-table/model";
import { formatOrdering, parseOrdering } from "@/ui/data-table/ordering";
import { type CustomerColumn, columnsOfLayout } from "./columns";
import { joined, split } from "./saved-state";
import { type View, viewSearch } from "./view";

const plain: Partial<View> = {
  q: "",
  sort: [],
  filters: [],
  conditions: null,
  columns: null,
  savedId: null,
};

/** Saved views of the customers' list. */
export function useCustomerViews(
  view: View,
  change: (part: Partial<View>) => void,
  columns: readonly CustomerColumn[],
  layout: TableLayout,
) {
  const open = (saved: SavedView | null): void => {
    if (saved === null) {
      change(plain);
      return;
    }
    const state = stateOf(saved);
    change({
      ...split(state.filter),
      q: state.search,
      sort: parseOrdering(state.sort),
      columns: state.columns.length > 0 ? state.columns.map(({ id }) => id) : null,
      isTrash: false,
      savedId: saved.id,
    });
  };
  const saved = useSavedViews({
    entity: "customer",
    savedId: view.savedId,
    state: {
      filter: joined(view.filters, view.conditions),
      search: view.q,
      sort: formatOrdering(view.sort),
      columns: columnsOfLayout(columns, layout).map((id) => ({
        id,
        width: layout.widths[id] ?? null,
      })),
      density: layout.isCompact ? "compact" : "normal",
    },
    open,
    normalise: (filter) => {
      const parts = split(filter);
      return joined(parts.filters, parts.conditions);
    },
  });

  // Whoever comes with an address that asks for nothing gets the view that opens first.
  const isUndecided = useRef(viewSearch(view) === "");
  const { views, isLoaded } = saved;
  const begin = useEffectEvent(() => {
    const first = defaultOf(views);
    if (first && viewSearch(view) === "") open(first);
  });
  useEffect(() => {
    if (!isLoaded || !isUndecided.current) return;
    isUndecided.current = false;
    begin();
  }, [isLoaded]);
  return saved;
}
