"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useEffect, useEffectEvent, useRef } from "react";
import type { DataColumn, TableLayout } from "@/ui/data-table/model";
import { formatOrdering, parseOrdering } from "@/ui/data-table/ordering";
import { type SavedView, stateOf } from "../list/saved-views";
import { defaultOf, useSavedViews } from "../list/use-saved-views";
import type { ListSpec } from "../source";
import { joined, split } from "./saved-state";
import { columnsOfLayout } from "./use-list-layout";
import { type View, viewSearch } from "./view";

export const plain: Partial<View> = {
  q: "",
  sort: [],
  filters: [],
  conditions: null,
  columns: null,
  savedId: null,
};

/** List, or a board of the same records. */
export type Form = SavedView["layout"];

interface ListViewsOptions<Row> {
  spec: ListSpec;
  view: View;
  change: (part: Partial<View>) => void;
  columns: readonly DataColumn<Row>[];
  layout: TableLayout;
  form: Form;
  /** A kept view asks for the other form. */
  onForm: ((form: Form) => void) | undefined;
}

/** Saved views of a list. */
export function useListViews<Row>(options: ListViewsOptions<Row>) {
  const { spec, view, change, columns, layout, form, onForm } = options;
  const open = (saved: SavedView | null): void => {
    if (saved === null) {
      change(plain);
      return;
    }
    const state = stateOf(saved);
    change({
      ...split(spec, state.filter),
      q: state.search,
      sort: parseOrdering(state.sort),
      columns: state.columns.length > 0 ? state.columns.map(({ id }) => id) : null,
      isTrash: false,
      savedId: saved.id,
    });
    onForm?.(state.form);
  };
  const saved = useSavedViews({
    entity: spec.entity,
    savedId: view.savedId,
    state: {
      filter: joined(spec, view.filters, view.conditions),
      search: view.q,
      sort: formatOrdering(view.sort),
      columns: columnsOfLayout(columns, layout).map((id) => ({
        id,
        width: layout.widths[id] ?? null,
      })),
      density: layout.isCompact ? "compact" : "normal",
      form,
    },
    open,
    normalise: (filter) => {
      const parts = split(spec, filter);
      return joined(spec, parts.filters, parts.conditions);
    },
  });

  // Of a link that names a view, as one in the sidebar does, and nothing of what the view holds.
  const [wanted, setWanted] = useQueryState("pinned", parseAsString);

  // Whoever comes with an address that asks for nothing gets the view that opens first.
  const isPlain = viewSearch(spec, view) === "";
  const isUndecided = useRef(isPlain);
  const { views, isLoaded } = saved;
  const begin = useEffectEvent(() => {
    const first = defaultOf(views);
    if (first && isPlain && wanted === null) open(first);
  });
  useEffect(() => {
    if (!isLoaded || !isUndecided.current) return;
    isUndecided.current = false;
    begin();
  }, [isLoaded]);

  const openWanted = useEffectEvent(() => {
    const found = views.find(({ id }) => id === wanted);
    if (found) open(found);
    void setWanted(null);
  });
  useEffect(() => {
    if (isLoaded && wanted !== null) openWanted();
  }, [isLoaded, wanted]);
  return saved;
}
