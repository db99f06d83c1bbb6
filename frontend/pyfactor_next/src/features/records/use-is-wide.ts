"use client";

import { useSyncExternalStore } from "react";

/** Tailwind's `lg`: properties and sections stand side by side. */
const WIDE = mediaQuery("(min-width: 1024px)");
/** `min-[85rem]`: related records have a column of their own. */
const ROOMY = mediaQuery("(min-width: 1360px)");

function mediaQuery(query: string) {
  return {
    subscribe: (onChange: () => void): (() => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", onChange);
      return () => list.removeEventListener("change", onChange);
    },
    matches: (): boolean => window.matchMedia(query).matches,
  };
}

/** Whether a record's page has room for two columns. The server draws for a desk. */
export function useIsWide(): boolean {
  return useSyncExternalStore(WIDE.subscribe, WIDE.matches, () => true);
}

/** Whether it has room for three. The server leaves the third empty. */
export function useIsRoomy(): boolean {
  return useSyncExternalStore(ROOMY.subscribe, ROOMY.matches, () => false);
}
