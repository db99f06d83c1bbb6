"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { defaultOf, type SavedView, stateOf, useSavedViews } from "@/features/records";
import { orderedIds, type TableLayout } from "@/ui/data-table/model";
import { formatOrdering, parseOrdering } from "@/ui/data-table/ordering";
import type { ContactColumn } from "./columns";
import type { View } from "./use-contacts-view";

interface ContactViewsOptions {
  view: View;
  change: (part: Partial<View>) => void;
  columns: readonly ContactColumn[];
  layout: TableLayout;
  setLayout: (layout: TableLayout) => void;
}

/** Saved views of the contacts' list. */
export function useContactViews(options: ContactViewsOptions) {
  const { view, change, columns, layout, setLayout } = options;
  const shown = orderedIds(columns, layout).filter((id) => !layout.hidden.includes(id));
  const open = (saved: SavedView | null): void => {
    if (saved === null) {
      change({ q: "", sort: [], conditions: null, savedId: null });
      return;
    }
    const state = stateOf(saved);
    change({
      q: state.search,
      sort: parseOrdering(state.sort),
      conditions: state.filter,
      isTrash: false,
      savedId: saved.id,
    });
    if (state.columns.length === 0) return;
    const order = state.columns.map(({ id }) => id);
    const hidden = columns.map(({ id }) => id).filter((id) => !order.includes(id));
    setLayout({ ...layout, order, hidden, isCompact: state.density === "compact" });
  };
  const saved = useSavedViews({
    entity: "contact",
    savedId: view.savedId,
    state: {
      filter: view.conditions,
      search: view.q,
      sort: formatOrdering(view.sort),
      columns: shown.map((id) => ({ id, width: layout.widths[id] ?? null })),
      density: layout.isCompact ? "compact" : "normal",
    },
    open,
    normalise: (filter) => filter,
  });

  // Whoever comes with an address that asks for nothing gets the view that opens first.
  const isPlain =
    view.q === "" && view.sort.length === 0 && view.conditions === null && view.savedId === null;
  const isUndecided = useRef(isPlain && !view.isTrash);
  const { views, isLoaded } = saved;
  const begin = useEffectEvent(() => {
    const first = defaultOf(views);
    if (first && isPlain && !view.isTrash) open(first);
  });
  useEffect(() => {
    if (!isLoaded || !isUndecided.current) return;
    isUndecided.current = false;
    begin();
  }, [isLoaded]);
  return saved;
}
