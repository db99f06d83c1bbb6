import type { QueryClient } from "@tanstack/react-query";
import type { Change } from "@/api/live";
import { segmentOf } from "./segment";

/** Several changes in a row cost one refetch; still well within the second that live means. */
const GATHER_MS = 150;
/** Everybody hears of an import at once and must not ask at once. */
const RESYNC_SPREAD_MS = 500;

/**
 * Makes what is on screen fresh again after changes made elsewhere. Waits while a write of this tab is on
 * its way, whose answer would be newer, and while the tab is not seen.
 */
export class Freshness {
  readonly #client: QueryClient;
  readonly #slug: string;
  readonly #random: () => number;
  #changes: Change[] = [];
  #isAllStale = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: QueryClient, slug: string, random: () => number = Math.random) {
    this.#client = client;
    this.#slug = slug;
    this.#random = random;
  }

  add(changes: readonly Change[]): void {
    this.#changes.push(...changes);
    this.#schedule(GATHER_MS);
  }

  resync(): void {
    this.#isAllStale = true;
    this.#schedule(GATHER_MS + this.#random() * RESYNC_SPREAD_MS);
  }

  /** Also when the tab is seen again. */
  flush = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (document.hidden || (this.#changes.length === 0 && !this.#isAllStale)) return;
    if (this.#client.isMutating() > 0) {
      this.#schedule(GATHER_MS);
      return;
    }
    const changes = this.#changes;
    const isAllStale = this.#isAllStale;
    this.#changes = [];
    this.#isAllStale = false;
    if (isAllStale) void this.#client.invalidateQueries({ queryKey: [this.#slug] });
    else this.#refresh(changes);
  };

  stop(): void {
    clearTimeout(this.#timer);
  }

  #schedule(ms: number): void {
    this.#timer ??= setTimeout(this.flush, ms);
  }

  #refresh(changes: readonly Change[]): void {
    const segments = new Set<string>();
    for (const change of changes) {
      const segment = segmentOf(change.entity);
      if (change.id === undefined) {
        void this.#client.invalidateQueries({ queryKey: [this.#slug, segment] });
        continue;
      }
      segments.add(segment);
      const queryKey = [this.#slug, segment, "record", change.id];
      const shown = this.#client.getQueryData<{ version?: number }>(queryKey)?.version;
      if (change.operation === "delete") void this.#client.resetQueries({ queryKey });
      else if (shown !== undefined && shown < (change.version ?? Number.POSITIVE_INFINITY)) {
        void this.#client.invalidateQueries({ queryKey });
      }
    }
    // Whatever changed may be part of the timeline on screen.
    void this.#client.invalidateQueries({ queryKey: [this.#slug, "timeline"] });
    void this.#client.invalidateQueries({ queryKey: [this.#slug, "changes", "list"] });
    // It may have another name now, or lie in the trash.
    void this.#client.invalidateQueries({ queryKey: [this.#slug, "favourites"] });
    for (const segment of segments) {
      void this.#client.invalidateQueries({ queryKey: [this.#slug, segment, "list"] });
    }
  }
}
