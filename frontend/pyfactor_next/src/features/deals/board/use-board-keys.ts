"use client";

import type { KeyboardEvent } from "react";
import type { BoardData, DealRow } from "../types";
import { cardsWithout, columnOf, type Place, placeOf } from "./moves";
import type { Lifted } from "./use-board-moves";

interface Options {
  board: BoardData;
  lifted: Lifted | null;
  canWrite: boolean;
  isFolded: (stageId: string) => boolean;
  lift: (card: DealRow, place: Place) => void;
  carry: (place: Place) => void;
  drop: () => void;
  cancel: () => void;
}

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

function focusCard(id: string | undefined): void {
  if (!id) return;
  document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"] a`)?.focus();
}

/** Arrows move the focus; Space lifts a card, arrows carry it, Space drops it, Escape puts it back. */
export function useBoardKeys(options: Options): (event: KeyboardEvent<HTMLElement>) => void {
  const { board, lifted, canWrite, isFolded, lift, carry, drop, cancel } = options;

  const stepped = (place: Place, [dx, dy]: [number, number], id: string | null): Place => {
    const columns = board.columns.filter(({ stage }) => id !== null || !isFolded(stage.id));
    const at = columns.findIndex(({ stage }) => stage.id === place.stageId);
    const sided = document.documentElement.dir === "rtl" ? -dx : dx;
    const column = columns[Math.min(columns.length - 1, Math.max(0, at + sided))];
    if (!column) return place;
    const length = id === null ? column.cards.length - 1 : cardsWithout(column, id).length;
    const index = Math.max(0, Math.min(length, place.index + dy));
    return { stageId: column.stage.id, index };
  };

  return (event) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>("[data-card]")?.dataset["card"];
    if (!id || event.metaKey || event.ctrlKey || event.altKey) return;
    const step = STEPS[event.key];
    if (lifted) {
      if (step) carry(stepped(lifted.place, step, lifted.card.id));
      else if (event.key === " " || event.key === "Enter") drop();
      else if (event.key === "Escape") cancel();
      else if (event.key !== "Tab") return;
    } else {
      const place = placeOf(board, id);
      if (!place) return;
      const card = columnOf(board, place.stageId)?.cards[place.index];
      if (step) {
        const to = stepped(place, step, null);
        focusCard(columnOf(board, to.stageId)?.cards[to.index]?.id);
      } else if (event.key === " " && canWrite && card) lift(card, place);
      else return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
}
