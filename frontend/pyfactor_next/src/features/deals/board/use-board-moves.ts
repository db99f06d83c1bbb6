"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Step } from "@/api";
import { useOfferUndo } from "@/features/history";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { useMoveDeals } from "../mutations";
import { type BoardQuery, dealKeys } from "../queries";
import type { BoardData, DealMove, DealRow, Stage } from "../types";
import { columnOf, entering, idsOf, isMove, moved, neighbours, type Place } from "./moves";

export interface Lifted {
  /** As they lie on the board. */
  cards: readonly DealRow[];
  ids: ReadonlySet<string>;
  /** The one that was taken hold of. */
  lead: string;
  /** Where they would come to lie. */
  place: Place;
}

/** A move that has to be told something first: why they are lost, or when they were won. */
export interface Closing {
  cards: readonly DealRow[];
  place: Place;
  stage: Stage;
}

type More = Pick<DealMove, "lost_reason" | "lost_note" | "closed_at">;

/** As many as the API moves at once. */
const MAX_MOVED = 200;
const FLIGHT_MS = 220;

function nodeOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
}

/** Has a card fly from where it was on screen to where it is now. */
function fly(id: string, from: DOMRect | undefined): void {
  requestAnimationFrame(() => {
    const node = nodeOf(id);
    const to = node?.getBoundingClientRect();
    if (!node || !from || !to || window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      return;
    }
    node.animate(
      [
        { transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)`, zIndex: 1 },
        { transform: "none", zIndex: 1 },
      ],
      { duration: FLIGHT_MS, easing: "ease-out" },
    );
  });
}

/** Moves of cards: shown at once, taken back with the reason when they are refused. */
export function useBoardMoves(board: BoardData | undefined, query: BoardQuery) {
  const t = useTranslations("deals.moves");
  const nameOf = useCardsName();
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const offerUndo = useOfferUndo();
  const { mutateAsync: move } = useMoveDeals();
  const [closing, setClosing] = useState<Closing | null>(null);
  const key = dealKeys.board(slug, query);

  const send = async ({ cards, place, stage }: Closing, more: More): Promise<void> => {
    await client.cancelQueries({ queryKey: dealKeys.boards(slug) });
    const before = client.getQueryData<BoardData>(key);
    if (!before) return;
    const body = { stage: stage.id, ...neighbours(before, idsOf(cards), place), ...more };
    const at = more.closed_at ?? new Date().toISOString();
    client.setQueryData(key, moved(before, cards, place, at));
    let made: Step = [];
    try {
      const versions = await move({ deals: cards, body, onChange: (step) => (made = step) });
      // The next move of the cards needs the versions that this one made.
      client.setQueryData<BoardData>(key, (now) => now && withVersions(now, versions));
      const came = entering(cards, stage.id);
      if (came.length > 0) {
        toast.success(t("moved", { name: nameOf(came), stage: stage.name }), offerUndo(made));
      }
    } catch (error) {
      const from = cards.map(({ id }) => nodeOf(id)?.getBoundingClientRect());
      client.setQueryData(key, before);
      for (const [index, { id }] of cards.entries()) fly(id, from[index]);
      const [first] = cards;
      const title =
        first && cards.length === 1
          ? t("refused", { name: first.name })
          : t("refusedMany", { count: cards.length });
      showError(error, title);
      await client.invalidateQueries({ queryKey: dealKeys.boards(slug) });
    }
  };

  /** Puts cards somewhere; a closed stage asks first, once for all that enter it. */
  const drop = (cards: readonly DealRow[], place: Place): void => {
    const stage = board && columnOf(board, place.stageId)?.stage;
    if (!stage || !isMove(board, cards, place)) return;
    if (cards.length > MAX_MOVED) {
      toast.error(t("tooMany", { max: MAX_MOVED }));
      return;
    }
    const asked = { cards, place, stage };
    if (stage.category !== "open" && entering(cards, stage.id).length > 0) setClosing(asked);
    else void send(asked, {});
  };

  const close = (more: More): void => {
    if (closing) void send(closing, more);
    setClosing(null);
  };

  return { drop, closing, close, giveUp: () => setClosing(null) };
}

/** What cards are called: one by its name, several by their number. */
export function useCardsName(): (cards: readonly DealRow[]) => string {
  const t = useTranslations("deals.board");
  return (cards) => (cards.length === 1 && cards[0]?.name) || t("many", { count: cards.length });
}

function withVersions(board: BoardData, versions: ReadonlyMap<string, number>): BoardData {
  return {
    ...board,
    columns: board.columns.map((column) => ({
      ...column,
      cards: column.cards.map((card) => ({
        ...card,
        version: versions.get(card.id) ?? card.version,
      })),
    })),
  };
}
