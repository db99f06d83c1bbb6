"use client";

import { useCallback, useEffect, useState } from "react";
import { type DataColumn, emptyLayout, type TableLayout } from "./model";

function initial<T>(columns: readonly DataColumn<T>[]): TableLayout {
  const hidden = columns.filter((column) => column.isHiddenAtFirst).map((column) => column.id);
  return { ...emptyLayout, hidden };
}

/** Keeps the arrangement of a table's columns in this browser, under a name. */
export function useTableLayout<T>(
  name: string,
  columns: readonly DataColumn<T>[],
): [TableLayout, (layout: TableLayout) => void, () => void] {
  const key = `dott.table.${name}`;
  const [layout, setLayout] = useState(() => initial(columns));

  // Read after the first paint: the server does not know it and the two must draw the same.
  useEffect(() => {
    const stored = localStorage.getItem(key);
    if (!stored) return;
    try {
      // eslint-disable-next-line react-hooks/set-state-in-effect -- see above
      setLayout({ ...emptyLayout, ...(JSON.parse(stored) as Partial<TableLayout>) });
    } catch {
      // Written by another version or by hand; the default arrangement is as good.
      localStorage.removeItem(key);
    }
  }, [key]);

  const save = useCallback(
    (next: TableLayout) => {
      setLayout(next);
      localStorage.setItem(key, JSON.stringify(next));
    },
    [key],
  );
  const reset = useCallback(() => {
    localStorage.removeItem(key);
    setLayout(initial(columns));
  }, [key, columns]);
  return [layout, save, reset];
}
