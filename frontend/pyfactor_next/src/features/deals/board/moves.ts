import { parseAmount, writeAmount } from "../money";
import type { BoardData, Column, DealRow, Stage } from "../types";

/** A place among the cards of a column, the moving card left out. */
export interface Place {
  stageId: string;
  index: number;
}

export function columnOf(board: BoardData, stageId: string): Column | undefined {
  return board.columns.find(({ stage }) => stage.id === stageId);
}

/** Where a card lies. */
export function placeOf(board: BoardData, id: string): Place | undefined {
  for (const { stage, cards } of board.columns) {
    const index = cards.findIndex((card) => card.id === id);
    if (index >= 0) return { stageId: stage.id, index };
  }
  return undefined;
}

export function cardsWithout(column: Column, id: string): DealRow[] {
  return column.cards.filter((card) => card.id !== id);
}

/** The neighbours by which the API finds a place. */
export function neighbours(
  board: BoardData,
  id: string,
  { stageId, index }: Place,
): { before: string | null; after: string | null } {
  const column = columnOf(board, stageId);
  const cards = column ? cardsWithout(column, id) : [];
  return { before: cards[index]?.id ?? null, after: cards[index - 1]?.id ?? null };
}

/** The board as it will be once the card lies there: cards, counts and sums. */
export function moved(board: BoardData, card: DealRow, place: Place, at: string): BoardData {
  const target = columnOf(board, place.stageId);
  if (!target) return board;
  const isSame = card.stage === place.stageId;
  const shown = isSame ? card : entered(card, target.stage, at);
  return {
    ...board,
    columns: board.columns.map((column) => {
      const isTarget = column === target;
      if (column.stage.id !== card.stage && !isTarget) return column;
      const cards = cardsWithout(column, card.id);
      if (isTarget) cards.splice(place.index, 0, shown);
      if (isSame) return { ...column, cards };
      return isTarget
        ? { ...column, cards, count: column.count + 1, sums: summed(column, shown, 1n) }
        : { ...column, cards, count: column.count - 1, sums: summed(column, card, -1n) };
    }),
  };
}

function entered(card: DealRow, stage: Stage, at: string): DealRow {
  const isClosed = stage.category !== "open";
  return {
    ...card,
    stage: stage.id,
    stage_name: stage.name,
    stage_colour: stage.colour,
    stage_probability: stage.probability,
    rot_days: stage.rot_days,
    category: stage.category,
    probability: isClosed ? null : card.probability,
    closed_at: isClosed ? at : null,
    stage_entered_at: at,
  };
}

/** Until the database says it; it knows the same and more. */
function summed({ sums }: Column, card: DealRow, sign: bigint): Column["sums"] {
  if (card.amount === null) return sums;
  const amount = parseAmount(card.amount) * sign;
  const percent = BigInt(card.probability ?? card.stage_probability);
  const known = sums.find(({ currency }) => currency === card.currency);
  const next = {
    currency: card.currency,
    amount: writeAmount(parseAmount(known?.amount ?? "0") + amount),
    weighted: writeAmount(parseAmount(known?.weighted ?? "0") + (amount * percent) / 100n),
  };
  const others = sums.filter((sum) => sum !== known);
  return [...others, next]
    .filter(({ amount: left }) => parseAmount(left) !== 0n)
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
