import type { Conflicted } from "./undo";

let open: ((conflicted: Conflicted) => void) | undefined;

/** Shows what stands against an undo, wherever it was asked for (UndoHost). */
export function askAboutConflicts(conflicted: Conflicted): void {
  open?.(conflicted);
}

/** For the host. */
export function connectConflicts(host: (conflicted: Conflicted) => void): () => void {
  open = host;
  return () => {
    if (open === host) open = undefined;
  };
}
