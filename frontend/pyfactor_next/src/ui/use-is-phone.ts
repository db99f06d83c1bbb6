"use client";

import { useSyncExternalStore } from "react";

/** Tailwind's `md` from below. */
const QUERY = "(max-width: 767px)";

function subscribe(onChange: () => void): () => void {
  const list = window.matchMedia(QUERY);
  list.addEventListener("change", onChange);
  return () => list.removeEventListener("change", onChange);
}

/** Whether the page is as narrow as a phone. The server draws for a desk. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(QUERY).matches,
    () => false,
  );
}
