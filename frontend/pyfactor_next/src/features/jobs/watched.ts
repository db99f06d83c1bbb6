import { keyOf } from "./key";

/** A long job that this person started: an import, or the file of the whole business. */
export interface WatchedJob {
  kind: "import" | "business";
  id: string;
}

/** Older ones are found on their pages. */
const KEPT = 5;
const NONE: readonly WatchedJob[] = [];

function isWatched(value: unknown): value is WatchedJob {
  const job = value as Partial<WatchedJob> | null;
  return typeof job?.id === "string" && (job.kind === "import" || job.kind === "business");
}

/** The list as it is stored; null when there is none. The same text as long as nothing changes. */
export function storedJobs(userId: string, slug: string): string | null {
  return localStorage.getItem(keyOf(userId, slug));
}

/** The jobs of a stored list, the newest first. */
export function jobsIn(stored: string | null): readonly WatchedJob[] {
  if (stored === null) return NONE;
  try {
    const parsed: unknown = JSON.parse(stored);
    return Array.isArray(parsed) ? parsed.filter(isWatched).slice(0, KEPT) : NONE;
  } catch {
    // Cut off or written by something else: nothing is watched then.
    return NONE;
  }
}

function store(userId: string, slug: string, jobs: readonly WatchedJob[]): void {
  const key = keyOf(userId, slug);
  try {
    if (jobs.length > 0) localStorage.setItem(key, JSON.stringify(jobs.slice(0, KEPT)));
    else localStorage.removeItem(key);
  } catch (error) {
    // A full store only costs the tray.
    if (!(error instanceof DOMException)) throw error;
  }
  // The browser tells only the other tabs.
  window.dispatchEvent(new StorageEvent("storage", { key }));
}

/** Shows a job in the tray from now on, on whatever page, until it is dismissed. */
export function watchJob(userId: string, slug: string, job: WatchedJob): void {
  store(userId, slug, [job, ...without(userId, slug, job.id)]);
}

export function dismissJob(userId: string, slug: string, id: string): void {
  store(userId, slug, without(userId, slug, id));
}

function without(userId: string, slug: string, id: string): WatchedJob[] {
  return jobsIn(storedJobs(userId, slug)).filter((job) => job.id !== id);
}
