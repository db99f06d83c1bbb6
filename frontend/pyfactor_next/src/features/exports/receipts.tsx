"use client";

import { useEffect } from "react";
import { useExportTexts } from "./texts";

const EXPORT = /^\/api\/crm\/(customers|contacts|deals)\/export\/$/;

/** The link of an export that was clicked, if it was one. */
function exportLink(event: MouseEvent): HTMLAnchorElement | undefined {
  const link = (event.target as Element | null)?.closest?.("a[download]");
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return undefined;
  return EXPORT.test(new URL(link.href).pathname) ? link : undefined;
}

/**
 * Draws nothing. Whichever page an export is started from, the file's rows and sum are told once it is there:
 * a browser shows no page the headers of what it saves, so each gets a name that it is looked up by.
 */
export function ExportReceipts() {
  const say = useExportTexts();
  useEffect(() => {
    const stop = new AbortController();
    const name = (event: MouseEvent): void => {
      const link = exportLink(event);
      if (!link) return;
      const receipt = crypto.randomUUID();
      const address = new URL(link.href);
      address.searchParams.set("receipt", receipt);
      link.href = address.pathname + address.search;
      void import("./await-export").then(({ awaitExport }) =>
        awaitExport(receipt, stop.signal).then((made) => made && say(made)),
      );
    };
    // Before the browser follows the link.
    document.addEventListener("click", name, { capture: true, signal: stop.signal });
    return () => stop.abort();
  }, [say]);
  return null;
}
