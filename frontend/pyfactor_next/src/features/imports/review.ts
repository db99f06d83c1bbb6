import type { ImportCounts, ImportJob, RowAction, RowTab } from "./types";

/** The tabs of the review, in order. */
export const tabs = ["create", "update", "unchanged", "conflict", "error", "excluded"] as const;

/** How many rows a tab holds. */
export function countOf(counts: ImportCounts, tab: RowTab): number {
  return tab === "error" ? counts.error - counts.conflict : counts[tab];
}

/** What the rows of a tab are, as the API asks for them. */
export function choiceOfTab(
  counts: ImportCounts,
  tab: RowTab,
): { action: RowAction; conflict?: boolean } {
  if (tab === "conflict") return { action: "error", conflict: true };
  // An import from before conflicts were told apart has all of them here.
  return tab === "error" && counts.conflict > 0
    ? { action: "error", conflict: false }
    : { action: tab };
}

/** The tab to begin with: what will be written, else what keeps it from being written. */
export function firstTab(counts: ImportCounts): RowTab {
  const wanted = ["create", "update", "conflict", "error", "unchanged", "excluded"] as const;
  return wanted.find((tab) => countOf(counts, tab) > 0) ?? "create";
}

/** Whether applying would write anything. */
export function hasWork(counts: ImportCounts): boolean {
  return counts.create + counts.update > 0;
}

/** Rows that the downloaded file of problems would hold: those that failed and those left out. */
export function toMend({ error, excluded }: Pick<ImportCounts, "error" | "excluded">): number {
  return error + excluded;
}

/** What is not written, as names of sentences with their numbers; nothing for zeros. */
export function remarks(
  counts: ImportCounts,
): { name: "unchanged" | "error" | "excluded"; count: number }[] {
  return (["error", "excluded", "unchanged"] as const).flatMap((name) =>
    counts[name] > 0 ? [{ name, count: counts[name] }] : [],
  );
}

/** Whether a tab's rows can be narrowed to those with a warning: where they are about to be written. */
export function canNarrow(job: Pick<ImportJob, "state" | "counts">, tab: RowTab): boolean {
  const isWritten = tab === "create" || tab === "update";
  return canEditRows(job) && isWritten && job.counts[tab] > 0 && job.counts.warning > 0;
}

/** Whether a tab's rows write nothing because something is wrong with them or somebody said so. */
export function isIdle(tab: RowTab): boolean {
  return tab === "error" || tab === "conflict" || tab === "excluded";
}

/** Whether rows may still be mended: only between dry run and apply. */
export function canEditRows(job: Pick<ImportJob, "state">): boolean {
  return job.state === "validated";
}

/** The line to open after this one is dealt with: the next, or the one before at the end. */
export function lineAfter(lines: readonly number[], line: number): number | null {
  const at = lines.indexOf(line);
  return lines[at + 1] ?? lines[at - 1] ?? null;
}
