"use client";

import { debounce, parseAsString, useQueryStates } from "nuqs";
import { useCallback, useMemo, useState } from "react";
import type { ListSpec } from "../source";
import { formatView, parseView, type View, viewParams } from "./view";

const SEARCH_URL_MS = 300;

/** The view in the address, and how to change it. Changes replace the entry in the history. */
export function useView(spec: ListSpec): {
  view: View;
  change: (part: Partial<View>) => void;
} {
  const [parsers] = useState(() =>
    Object.fromEntries(viewParams(spec).map((name) => [name, parseAsString])),
  );
  const [params, setParams] = useQueryStates(parsers, { history: "replace", shallow: true });
  const view = useMemo(() => parseView(spec, (name) => params[name] ?? null), [spec, params]);
  const change = useCallback(
    (part: Partial<View>) => {
      // While somebody types, browsers refuse an update of the address per key.
      const isTyping = "q" in part && part.q !== "";
      void setParams(
        formatView(spec, { ...view, ...part }),
        isTyping ? { limitUrlUpdates: debounce(SEARCH_URL_MS) } : {},
      );
    },
    [spec, view, setParams],
  );
  return { view, change };
}
