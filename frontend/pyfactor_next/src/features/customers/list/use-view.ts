"use client";

import { debounce, parseAsString, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { formatView, parseView, VIEW_PARAMS, type View, type ViewParam } from "./view";

const parsers = Object.fromEntries(VIEW_PARAMS.map((name) => [name, parseAsString])) as Record<
  ViewParam,
  typeof parseAsString
>;
const SEARCH_URL_MS = 300;

/** The view in the address, and how to change it. Changes replace the entry in the history. */
export function useView(): {
  view: View;
  change: (part: Partial<View>) => void;
} {
  const [params, setParams] = useQueryStates(parsers, { history: "replace", shallow: true });
  const view = useMemo(() => parseView((name) => params[name]), [params]);
  const change = useCallback(
    (part: Partial<View>) => {
      // While somebody types, browsers refuse an update of the address per key.
      const isTyping = "q" in part && part.q !== "";
      void setParams(
        formatView({ ...view, ...part }),
        isTyping ? { limitUrlUpdates: debounce(SEARCH_URL_MS) } : {},
      );
    },
    [view, setParams],
  );
  return { view, change };
}
