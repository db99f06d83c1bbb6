"use client";

import { useCallback, useState } from "react";

interface Selection {
  /** The query that it was made in. */
  key: string;
  ids: ReadonlySet<string>;
  /** How many the query finds, where all of them are selected. */
  all: number | null;
}

const nothing: ReadonlySet<string> = new Set();

/**
 * Selected rows: single ones, or everything that the list finds. A selection belongs to the list it
 * was made in: another query starts empty.
 */
export function useSelection(query: unknown, loadedIds: () => readonly string[]) {
  const key = JSON.stringify(query);
  const [selection, setSelection] = useState<Selection>({ key, ids: nothing, all: null });
  const { ids, all } = selection.key === key ? selection : { ids: nothing, all: null };
  const setSelected = useCallback(
    (next: ReadonlySet<string>) => setSelection({ key, ids: next, all: null }),
    [key],
  );
  const clearSelection = useCallback(() => setSelection({ key, ids: nothing, all: null }), [key]);
  const selectAll = useCallback(
    (count: number) => setSelection({ key, ids: nothing, all: count }),
    [key],
  );
  return {
    selected: all === null ? ids : new Set(loadedIds()),
    allCount: all,
    setSelected,
    selectAll,
    clearSelection,
  };
}
