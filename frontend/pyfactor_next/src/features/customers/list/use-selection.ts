"use client";

import { useCallback, useState } from "react";
import type { CustomersQuery } from "./filters";

const nothing: ReadonlySet<string> = new Set();

/** Selected ids. A selection belongs to the list it was made in: another query starts empty. */
export function useSelection(query: CustomersQuery) {
  const key = JSON.stringify(query);
  const [selection, setSelection] = useState({ key, ids: nothing });
  const selected = selection.key === key ? selection.ids : nothing;
  const setSelected = useCallback((ids: ReadonlySet<string>) => setSelection({ key, ids }), [key]);
  const clearSelection = useCallback(() => setSelection({ key, ids: nothing }), [key]);
  return { selected, setSelected, clearSelection };
}
