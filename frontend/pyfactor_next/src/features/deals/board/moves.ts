import { parseAmount, writeAmount } from "../money";
import type { BoardData, Column, DealRow, Stage } from "../types";

/** A place among the cards of a column, the moving cards left out. */
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

/** Where a card lies among those that stay. */
export function placeAmong(
  board: BoardData,
  id: string,
  moving: ReadonlySet<string>,
): Place | undefined {
  const place = placeOf(board, id);
  const cards = place && columnOf(board, place.stageId)?.cards;
  if (!place || !cards) return undefined;
  const above = cards.slice(0, place.index).filter((card) => !moving.has(card.id));
  return { stageId: place.stageId, index: above.length };
}

export function idsOf(cards: readonly DealRow[]): ReadonlySet<string> {
  return new Set(cards.map(({ id }) => id));
}

export function cardsWithout(column: Column, moving: ReadonlySet<string>): DealRow[] {
  return column.cards.filter((card) => !moving.has(card.id));
}

/** The cards with these ids as they lie there: column by column, from the top. */
export function inOrder(board: BoardData, ids: ReadonlySet<string>): DealRow[] {
  if (ids.size === 0) return [];
  return board.columns.flatMap(({ cards }) => cards.filter(({ id }) => ids.has(id)));
}

/** From one card to another of the same column, both with it; the other alone where they are apart. */
export function rangeOf(board: BoardData, from: string | null, to: string): readonly string[] {
  const ids = board.columns.map(({ cards }) => cards.map(({ id }) => id));
  const column = ids.find((each) => each.includes(to));
  if (!column || from === null || !column.includes(from)) return [to];
  const [first = 0, last = 0] = [column.indexOf(from), column.indexOf(to)].sort((a, b) => a - b);
  return column.slice(first, last + 1);
}

/** The neighbours by which the API finds a place. */
export function neighbours(
  board: BoardData,
  moving: ReadonlySet<string>,
  { stageId, index }: Place,
): { before: string | null; after: string | null } {
  const column = columnOf(board, stageId);
  const cards = column ? cardsWithout(column, moving) : [];
  return { before: cards[index]?.id ?? null, after: cards[index - 1]?.id ?? null };
}

/** Those that come from another stage. */
export function entering(cards: readonly DealRow[], stageId: string): DealRow[] {
  return cards.filter(({ stage }) => stage !== stageId);
}

/** Whether a move leaves anything other than it was. */
export function isMove(board: BoardData, cards: readonly DealRow[], place: Place): boolean {
  const column = columnOf(board, place.stageId);
  if (!column || entering(cards, place.stageId).length > 0) return column !== undefined;
  const after = cardsWithout(column, idsOf(cards)).toSpliced(place.index, 0, ...cards);
  return after.some(({ id }, index) => id !== column.cards[index]?.id);
}

/** The board as it will be once the cards lie there: cards, counts and sums. */
export function moved(
  board: BoardData,
  cards: readonly DealRow[],
  place: Place,
  at: string,
): BoardData {
  const target = columnOf(board, place.stageId);
  if (!target) return board;
  const moving = idsOf(cards);
  const { stage } = target;
  const shown = cards.map((card) => (card.stage === stage.id ? card : entered(card, stage, at)));
  const came = shown.filter((card) => !cards.includes(card));
  return {
    ...board,
    columns: board.columns.map((column) => {
      const rest = cardsWithout(column, moving);
      if (column === target) {
        return {
          ...column,
          cards: rest.toSpliced(place.index, 0, ...shown),
          count: column.count + came.length,
          sums: came.reduce((sums, card) => summed(sums, card, 1n), column.sums),
        };
      }
      const gone = cards.filter((card) => card.stage === column.stage.id);
      if (gone.length === 0) return column;
      return {
        ...column,
        cards: rest,
        count: column.count - gone.length,
        sums: gone.reduce((sums, card) => summed(sums, card, -1n), column.sums),
      };
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
function summed(sums: Column["sums"], card: DealRow, sign: bigint): Column["sums"] {
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
