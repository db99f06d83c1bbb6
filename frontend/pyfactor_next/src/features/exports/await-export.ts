import { djangoApi } from "@/api";
import type { ExportItem } from "./types";

/** How long after one question the next is asked, milliseconds; in all about two minutes. */
const WAITS = [500, 1_000, 2_000, ...Array.from({ length: 23 }, () => 5_000)];

function after(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The record of an export once its file has been made; undefined when there is none after a while. */
export async function awaitExport(
  receipt: string,
  signal: AbortSignal,
): Promise<ExportItem | undefined> {
  for (const wait of WAITS) {
    await after(wait, signal);
    if (signal.aborted) return undefined;
    const page = await djangoApi
      .get("/api/crm/exports/", { query: { receipt }, signal })
      .catch(() => undefined);
    const [made] = page?.results ?? [];
    if (made) return made;
  }
  return undefined;
}
