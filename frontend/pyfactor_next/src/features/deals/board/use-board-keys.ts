"use client";

import type { KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import { useListedKeys, useShortcut } from "@/ui/shortcuts/shortcuts";
import type { BoardData } from "../types";
import { cardsWithout, columnOf, type Place, placeOf } from "./moves";
import type { Lifted } from "./use-board-moves";

interface Options {
  board: BoardData;
  lifted: Lifted | null;
  canWrite: boolean;
  isFolded: (stageId: string) => boolean;
  lift: (id: string) => void;
  carry: (place: Place) => void;
  drop: () => void;
  cancel: () => void;
  toggle: (id: string) => void;
  /** How many cards are selected, and what forgets them. */
  count: number;
  clear: () => void;
}

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

export function focusCard(id: string | undefined): void {
  if (!id) return;
  document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"] a`)?.focus();
}

function cardOf(element: Element | null): string | undefined {
  return element?.closest<HTMLElement>("[data-card]")?.dataset["card"];
}

/**
 * Arrows move the focus, x selects the card that has it; Space lifts that card, or all that are selected
 * with it, arrows carry them, Space drops them, Escape puts them back, and forgets the selection.
 */
export function useBoardKeys(options: Options): (event: KeyboardEvent<HTMLElement>) => void {
  const { board, lifted, canWrite, isFolded, lift, carry, drop, cancel } = options;
  const t = useTranslations("deals.board");
  const group = t("group");
  useListedKeys("arrowup arrowdown arrowleft arrowright", { label: t("stepKeys"), group });
  useShortcut(
    "x",
    () => {
      const id = cardOf(document.activeElement);
      if (id && !lifted) options.toggle(id);
    },
    { label: t("selectKey"), group, enabled: canWrite },
  );
  useListedKeys("space", { label: t("liftKey"), group, enabled: canWrite });
  useShortcut("escape", () => (lifted ? cancel() : options.clear()), {
    label: t("clearKey"),
    group,
    enabled: options.count > 0 || lifted !== null,
  });

  const stepped = (
    place: Place,
    [dx, dy]: [number, number],
    moving: ReadonlySet<string> | null,
  ): Place => {
    const columns = board.columns.filter(({ stage }) => moving !== null || !isFolded(stage.id));
    const at = columns.findIndex(({ stage }) => stage.id === place.stageId);
    const sided = document.documentElement.dir === "rtl" ? -dx : dx;
    const column = columns[Math.min(columns.length - 1, Math.max(0, at + sided))];
    if (!column) return place;
    const { cards } = column;
    const length = moving === null ? cards.length - 1 : cardsWithout(column, moving).length;
    const index = Math.max(0, Math.min(length, place.index + dy));
    return { stageId: column.stage.id, index };
  };

  return (event) => {
    const id = cardOf(event.target as HTMLElement);
    if (!id || event.metaKey || event.ctrlKey || event.altKey) return;
    const step = STEPS[event.key];
    if (lifted) {
      if (step) carry(stepped(lifted.place, step, lifted.ids));
      else if (event.key === " " || event.key === "Enter") drop();
      else if (event.key === "Escape") cancel();
      else if (event.key !== "Tab") return;
    } else {
      const place = placeOf(board, id);
      if (!place) return;
      if (step) {
        const to = stepped(place, step, null);
        focusCard(columnOf(board, to.stageId)?.cards[to.index]?.id);
      } else if (event.key === " " && canWrite) lift(id);
      else return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
}
