"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useStored } from "./use-stored";

export type Layout = "board" | "list";

/** Board or list, as the address says it; what was chosen last is remembered. */
export function useLayout(): [Layout, (layout: Layout) => void] {
  const [asked, ask] = useQueryState("layout", parseAsStringLiteral(["board", "list"] as const));
  const [stored, store] = useStored("layout");
  const setLayout = (layout: Layout): void => {
    store(layout);
    void ask(layout);
  };
  return [asked ?? (stored === "list" ? "list" : "board"), setLayout];
}
