"use client";

import { useLayoutEffect } from "react";

/**
 * Names the page after what is on it. While it is mounted the title stays, also when the router
 * writes the page's first one a moment later.
 */
export function useDocumentTitle(title: string | undefined): void {
  // Before the next page's title is written: an observer that lived on would take that back.
  useLayoutEffect(() => {
    if (title === undefined) return undefined;
    const keep = (): void => {
      if (document.title !== title) document.title = title;
    };
    keep();
    const observer = new MutationObserver(keep);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [title]);
}
