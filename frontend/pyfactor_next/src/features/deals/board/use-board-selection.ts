"use client";

import { type MouseEvent, useState } from "react";
import type { BoardQuery } from "../queries";
import type { BoardData, DealRow } from "../types";
import { inOrder, rangeOf } from "./moves";

interface Selection {
  /** The query that it was made in. */
  key: string;
  ids: ReadonlySet<string>;
  /** Where a range begins: the card that was chosen last. */
  last: string | null;
}

const nothing: ReadonlySet<string> = new Set();

interface Options {
  board: BoardData;
  query: BoardQuery;
  canWrite: boolean;
  onToggle: (card: DealRow, isSelected: boolean) => void;
}

/** The selected cards of a board; one that shows something else starts without any. */
export function useBoardSelection({ board, query, canWrite, onToggle }: Options) {
  const key = JSON.stringify(query);
  const [kept, keep] = useState<Selection>({ key, ids: nothing, last: null });
  const { ids, last } = kept.key === key ? kept : { ids: nothing, last: null };

  const toggle = (id: string): void => {
    const [card] = inOrder(board, new Set([id]));
    if (!card) return;
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    keep({ key, ids: next, last: id });
    onToggle(card, next.has(id));
  };
  const extend = (id: string): void =>
    keep({ key, ids: new Set([...ids, ...rangeOf(board, last, id)]), last: id });
  const clear = (): void => keep({ key, ids: nothing, last: null });

  /** Ctrl or ⌘ with a click chooses a card, Shift all up to it; any other click opens it. */
  const onClick = (event: MouseEvent): void => {
    const node = (event.target as HTMLElement).closest<HTMLElement>("[data-card]");
    const id = node?.dataset["card"];
    if (!canWrite || !id || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (event.shiftKey) extend(id);
    else toggle(id);
  };

  return {
    ids,
    // Without those that have left the board since.
    cards: inOrder(board, ids),
    toggle,
    clear,
    onClick,
  };
}
