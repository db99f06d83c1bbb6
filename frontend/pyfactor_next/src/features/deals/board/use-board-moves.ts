"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { useMoveDeal, useUndoDeal } from "../mutations";
import { type BoardQuery, dealKeys } from "../queries";
import type { BoardData, Deal, DealMove, DealRow, Stage } from "../types";
import { columnOf, moved, neighbours, type Place, placeOf } from "./moves";

export interface Lifted {
  card: DealRow;
  /** Where it would come to lie. */
  place: Place;
}

/** A move that has to be told something first: why it is lost, or when it was won. */
export interface Closing {
  card: DealRow;
  place: Place;
  stage: Stage;
}

type More = Pick<DealMove, "lost_reason" | "lost_note" | "closed_at">;

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
  const undoLabel = useTranslations("deals")("undo");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const { mutateAsync: move } = useMoveDeal();
  const { mutateAsync: undo } = useUndoDeal();
  const [closing, setClosing] = useState<Closing | null>(null);
  const key = dealKeys.board(slug, query);

  const undoMove = async (deal: Deal): Promise<void> => {
    try {
      if (!(await undo(deal))) toast.error(t("changedSince", { name: deal.name }));
    } catch (error) {
      showError(error, t("undoFailed", { name: deal.name }));
    }
  };

  const send = async (card: DealRow, place: Place, stage: Stage, more: More): Promise<void> => {
    await client.cancelQueries({ queryKey: dealKeys.boards(slug) });
    const before = client.getQueryData<BoardData>(key);
    if (!before) return;
    const body = { stage: stage.id, ...neighbours(before, card.id, place), ...more };
    const at = more.closed_at ?? new Date().toISOString();
    client.setQueryData(key, moved(before, card, place, at));
    try {
      const saved = await move({ deal: card, body });
      // The next move of the card needs the version that this one made.
      client.setQueryData<BoardData>(key, (now) => now && withVersion(now, saved));
      if (card.stage !== stage.id) {
        toast.success(t("moved", { name: card.name, stage: stage.name }), {
          undo: { label: undoLabel, run: () => void undoMove(saved) },
        });
      }
    } catch (error) {
      const from = nodeOf(card.id)?.getBoundingClientRect();
      client.setQueryData(key, before);
      fly(card.id, from);
      showError(error, t("refused", { name: card.name }));
      await client.invalidateQueries({ queryKey: dealKeys.boards(slug) });
    }
  };

  /** Puts a card somewhere; a closed stage asks first. */
  const drop = (card: DealRow, place: Place): void => {
    const stage = board && columnOf(board, place.stageId)?.stage;
    const from = board && placeOf(board, card.id);
    if (!stage || (from?.stageId === place.stageId && from.index === place.index)) return;
    if (stage.category !== "open" && stage.id !== card.stage) setClosing({ card, place, stage });
    else void send(card, place, stage, {});
  };

  const close = (more: More): void => {
    if (closing) void send(closing.card, closing.place, closing.stage, more);
    setClosing(null);
  };

  return { drop, closing, close, giveUp: () => setClosing(null) };
}

function withVersion(board: BoardData, { id, version }: Deal): BoardData {
  return {
    ...board,
    columns: board.columns.map((column) => ({
      ...column,
      cards: column.cards.map((card) => (card.id === id ? { ...card, version } : card)),
    })),
  };
}
