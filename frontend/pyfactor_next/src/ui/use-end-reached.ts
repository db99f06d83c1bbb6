"use client";

import { type RefObject, useEffect, useRef } from "react";

/** Asks for more while this much of the list is still below the screen. */
const AHEAD = "600px";

/** Calls back when the element that carries the ref, a list's last one, comes near the screen. */
export function useEndReached<E extends Element>(
  onEndReached: (() => void) | undefined,
): RefObject<E | null> {
  const end = useRef<E>(null);
  useEffect(() => {
    if (!end.current || !onEndReached) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onEndReached();
      },
      { rootMargin: AHEAD },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [onEndReached]);
  return end;
}
