import { runningWork } from "./steps";
import type { ImportJob } from "./types";

const FIRST_MS = 500;
const LONGEST_MS = 5_000;
const GROWTH = 1.5;

type Watched = Pick<ImportJob, "id" | "state" | "progress">;

/**
 * Says when to ask again: soon while the jobs move, ever later while they stand still, never when
 * none runs. Keep one per page. The query pauses by itself while the page is not visible.
 */
export class Backoff {
  #seenAt = -1;
  #last = "";
  #delayMs = FIRST_MS;

  /** updatedAt: when this answer came, ms; the same answer gives the same delay however often asked. */
  next(jobs: readonly Watched[], updatedAt: number): number | false {
    const running = jobs.filter((job) => runningWork(job.state) !== undefined);
    if (running.length === 0) {
      this.#last = "";
      this.#delayMs = FIRST_MS;
      return false;
    }
    if (updatedAt !== this.#seenAt) {
      this.#seenAt = updatedAt;
      const now = JSON.stringify(running.map((job) => [job.id, job.state, job.progress]));
      this.#delayMs = now === this.#last ? Math.min(LONGEST_MS, this.#delayMs * GROWTH) : FIRST_MS;
      this.#last = now;
    }
    return this.#delayMs;
  }
}
