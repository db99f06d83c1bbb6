"use client";

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useState } from "react";
import { useStored } from "./use-stored";

export type Layout = "board" | "list";

const parsers = {
  view: parseAsStringLiteral(["board", "list"] as const),
  pipeline: parseAsString.withDefault(""),
  q: parseAsString.withDefault(""),
  mine: parseAsBoolean.withDefault(false),
  category: parseAsStringLiteral(["open", "won", "lost"] as const),
  sort: parseAsString.withDefault(""),
  trashed: parseAsBoolean.withDefault(false),
};

/** What the page shows, as its address says it; board or list is remembered. */
export function useFilters() {
  const [filters, setFilters] = useQueryStates(parsers, { clearOnDefault: true });
  const [stored, store] = useStored("layout");
  const layout: Layout = filters.view ?? (stored === "list" ? "list" : "board");
  const setLayout = (view: Layout): void => {
    store(view);
    void setFilters({ view });
  };
  return { filters, setFilters, layout, setLayout };
}

export type Filters = ReturnType<typeof useFilters>["filters"];

const SEARCH_MS = 150;

/** A text once nothing has been typed for a moment. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SEARCH_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
