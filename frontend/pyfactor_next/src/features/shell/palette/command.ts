import type { ReactNode } from "react";

/** One line of the palette. */
export interface Command {
  id: string;
  label: string;
  note?: string | undefined;
  icon: ReactNode;
  /** Shown beside it: what does the same without the palette. */
  keys?: string | undefined;
  /** A page; only these open in a new tab too. */
  href?: string;
  /** Anything else that it does. The palette is closed by then. */
  run?: () => void;
  /** Goes on in the palette with this text. */
  text?: string;
}

export interface CommandGroup {
  id: string;
  label: string;
  items: Command[];
}

/**
 * What Enter opens. Commands are known with the key that was typed, records come later: so the first
 * command wins where there is one, wherever it stands, and nothing that arrives takes its place.
 */
export function firstChoice(
  groups: readonly CommandGroup[],
  isRecord: (group: CommandGroup) => boolean,
): Command | undefined {
  const commands = groups.filter((group) => !isRecord(group));
  return commands[0]?.items[0] ?? groups[0]?.items[0];
}
