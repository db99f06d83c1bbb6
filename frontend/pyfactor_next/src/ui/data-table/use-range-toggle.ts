"use client";

import { useCallback, useRef } from "react";

/** Selects and unselects rows one by one; with a range, all from the last one that was toggled. */
export function useRangeToggle(
  ids: readonly string[],
  selection: ReadonlySet<string>,
  onSelectionChange: ((selection: ReadonlySet<string>) => void) | undefined,
): (id: string, isRange: boolean) => void {
  const anchor = useRef<string | null>(null);
  return useCallback(
    (id, isRange) => {
      const next = new Set(selection);
      const from = isRange && anchor.current ? ids.indexOf(anchor.current) : -1;
      const to = ids.indexOf(id);
      if (from >= 0) {
        for (const each of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each);
      } else if (!next.delete(id)) next.add(id);
      anchor.current = id;
      onSelectionChange?.(next);
    },
    [selection, ids, onSelectionChange],
  );
}
