/** The newest step's end of the list is the last. A step is undone as a whole: one request of this tab. */
export type Step = readonly string[];

const KEPT = 100;

/**
 * What this tab has written, so that Undo and Redo have something to go along. Ids are those of change
 * sets; an undo is a set as well, and undoing that one is the redo.
 */
export class OwnChanges {
  #done: Step[] = [];
  #undone: Step[] = [];
  readonly #running = new Set<Promise<void>>();

  /** A write is on its way; which change sets it makes is known when it has ended. */
  follow(write: Promise<unknown>): void {
    const ended: Promise<void> = write.then(
      () => void this.#running.delete(ended),
      () => void this.#running.delete(ended),
    );
    this.#running.add(ended);
  }

  /** Resolves when every write that is on its way now has ended: only then the latest step is the latest. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** A write that was no undo: what had been undone before it cannot be done again. */
  note(step: Step): void {
    this.#done = [...this.#done, step].slice(-KEPT);
    this.#undone = [];
  }

  /**
   * A step was undone by another: from one side to the other, wherever Undo was pressed. One Undo may
   * take back what were several requests.
   */
  replace(step: Step, by: Step): void {
    const isPart = (other: Step): boolean => other.every((id) => step.includes(id));
    if (this.#done.some(isPart)) {
      this.#done = this.#done.filter((other) => !isPart(other));
      this.#undone = [...this.#undone, by];
    } else {
      // A redo, or the undo of something that this tab has not done.
      this.#undone = this.#undone.filter((other) => !isPart(other));
      this.#done = [...this.#done, by].slice(-KEPT);
    }
  }

  /** It turned out that it cannot be undone; the one before it comes next. */
  forget(step: Step): void {
    this.#done = this.#done.filter((other) => other !== step);
    this.#undone = this.#undone.filter((other) => other !== step);
  }

  latest(which: "done" | "undone"): Step | undefined {
    return (which === "done" ? this.#done : this.#undone).at(-1);
  }

  /** Another business is open. */
  clear(): void {
    this.#done = [];
    this.#undone = [];
  }
}

export const ownChanges = new OwnChanges();

/** The ids in the header of an answer. */
export function changeSetsOf(headers: Headers): Step {
  const named = headers.get("Dott-Change-Set");
  return named ? named.split(",").map((id) => id.trim()) : [];
}
