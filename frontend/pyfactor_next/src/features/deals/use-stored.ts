"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";

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

/** A text that this browser keeps under a name; the server and the first paint know it as null. */
export function useStored(name: string): [string | null, (value: string) => void] {
  const key = `dott.deals.${name}`;
  const value = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key),
    () => null,
  );
  const store = useCallback(
    (next: string) => {
      localStorage.setItem(key, next);
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [value, store];
}

function parse(stored: string | null): Record<string, boolean> {
  if (stored === null) return {};
  try {
    const value: unknown = JSON.parse(stored);
    return typeof value === "object" && value !== null ? (value as Record<string, boolean>) : {};
  } catch {
    // Written by hand or by another version.
    return {};
  }
}

/** Answers to a yes-or-no question about things with ids, as far as somebody gave one. */
export function useStoredFlags(
  name: string,
): [Record<string, boolean>, (id: string, value: boolean) => void] {
  const [stored, store] = useStored(name);
  const flags = useMemo(() => parse(stored), [stored]);
  const set = useCallback(
    (id: string, value: boolean) => store(JSON.stringify({ ...flags, [id]: value })),
    [flags, store],
  );
  return [flags, set];
}
