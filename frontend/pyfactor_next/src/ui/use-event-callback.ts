"use client";

import { useCallback, useEffect, useRef } from "react";

/** The same function between renders, which calls the newest one. */
export function useEventCallback<A extends unknown[]>(
  callback: (...args: A) => void,
): (...args: A) => void {
  const latest = useRef(callback);
  useEffect(() => {
    latest.current = callback;
  });
  return useCallback((...args: A) => latest.current(...args), []);
}
