/** Of the list of one person and business. It holds ids and no names. */
export function keyOf(userId: string, slug: string): string {
  return `dott.jobs.${userId}.${slug}`;
}

/** For useSyncExternalStore: calls back when this tab or another one changes a list. */
export function subscribeToJobs(onChange: () => void): () => void {
  addEventListener("storage", onChange);
  return () => removeEventListener("storage", onChange);
}
