"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import { type DataColumn, emptyLayout, type TableLayout } from "./model";

const listeners = new Set<() => void>();

/** Also hears of changes in this browser's other tabs. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function store(key: string, layout: TableLayout | null): void {
  if (layout) localStorage.setItem(key, JSON.stringify(layout));
  else localStorage.removeItem(key);
  for (const listener of listeners) listener();
}

function parse(stored: string | null): TableLayout | null {
  if (stored === null) return null;
  try {
    return { ...emptyLayout, ...(JSON.parse(stored) as Partial<TableLayout>) };
  } catch {
    // Written by another version or by hand; the default arrangement is as good.
    return null;
  }
}

function initial<T>(columns: readonly DataColumn<T>[]): TableLayout {
  const hidden = columns.filter((column) => column.isHiddenAtFirst).map((column) => column.id);
  return { ...emptyLayout, hidden };
}

/**
 * Keeps the arrangement of a table's columns in this browser, under a name. The server and the first
 * paint know only the default one.
 */
export function useTableLayout<T>(
  name: string,
  columns: readonly DataColumn<T>[],
): [TableLayout, (layout: TableLayout) => void, () => void] {
  const key = `dott.table.${name}`;
  const stored = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key),
    () => null,
  );
  const layout = useMemo(() => parse(stored) ?? initial(columns), [stored, columns]);
  const save = useCallback((next: TableLayout) => store(key, next), [key]);
  const reset = useCallback(() => store(key, null), [key]);
  return [layout, save, reset];
}
