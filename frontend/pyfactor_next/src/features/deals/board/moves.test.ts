import { expect, test } from "vitest";
import { parseAmount, writeAmount } from "../money";
import { board, card } from "../testing";
import type { BoardData } from "../types";
import {
  entering,
  idsOf,
  inOrder,
  isMove,
  moved,
  neighbours,
  placeAmong,
  placeOf,
  rangeOf,
} from "./moves";

const AT = "2026-03-02T12:00:00Z";

test("amounts are exact", () => {
  expect(parseAmount("1200.5")).toBe(12_005_000n);
  expect(writeAmount(12_005_000n)).toBe("1200.5000");
  expect(writeAmount(-1n)).toBe("-0.0001");
  expect(writeAmount(parseAmount("0.1") + parseAmount("0.2"))).toBe("0.3000");
});

test("a move changes cards, counts and sums of both columns", () => {
  const [first] = board.columns[0]?.cards ?? [];
  if (!first) throw new Error("The board has no card");
  const after = moved(board, [first], { stageId: "won", index: 0 }, AT);
  expect(after.columns.map(({ stage, count }) => [stage.id, count])).toEqual([
    ["new", 2],
    ["won", 1],
    ["lost", 0],
  ]);
  expect(after.columns[0]?.sums).toEqual([
    { currency: "USD", amount: "7.0000", weighted: "0.7000" },
  ]);
  expect(after.columns[1]?.sums).toEqual([
    { currency: "EUR", amount: "100.5000", weighted: "100.5000" },
  ]);
  expect(after.columns[1]?.cards[0]).toMatchObject({
    id: "a",
    stage: "won",
    category: "won",
    closed_at: AT,
    probability: null,
  });
  expect(placeOf(after, "a")).toEqual({ stageId: "won", index: 0 });
});

test("within a column nothing but the order changes", () => {
  const after = moved(board, [card("a", { amount: "100.5000" })], { stageId: "new", index: 2 }, AT);
  expect(after.columns[0]?.cards.map(({ id }) => id)).toEqual(["b", "c", "a"]);
  expect(after.columns[0]?.sums).toEqual(board.columns[0]?.sums);
  expect(after.columns[0]?.count).toBe(3);
});

test("a place is said by its neighbours, the card itself left out", () => {
  expect(neighbours(board, new Set("a"), { stageId: "new", index: 1 })).toEqual({
    after: "b",
    before: "c",
  });
  expect(neighbours(board, new Set("c"), { stageId: "new", index: 0 })).toEqual({
    after: null,
    before: "a",
  });
  expect(neighbours(board, new Set("a"), { stageId: "won", index: 0 })).toEqual({
    after: null,
    before: null,
  });
});

/** The board with two cards in its second column, as well. */
const both: BoardData = {
  ...board,
  columns: board.columns.map((column) =>
    column.stage.id === "won"
      ? { ...column, count: 9, cards: ["x", "y"].map((id) => card(id, { stage: "won" })) }
      : column,
  ),
};
const names = (at: BoardData): string[] =>
  at.columns.map(({ cards }) => cards.map(({ id }) => id).join(""));
const taken = (...ids: string[]) => inOrder(both, new Set(ids));

test("cards are moved in the order in which they lie, whatever order they were selected in", () => {
  expect(taken("y", "c", "a").map(({ id }) => id)).toEqual(["a", "c", "y"]);
  const after = moved(both, taken("y", "c", "a"), { stageId: "won", index: 1 }, AT);
  expect(names(after)).toEqual(["b", "xacy", ""]);
});

test("counts and sums change by what comes and goes, not by what is loaded", () => {
  const after = moved(both, taken("a", "c", "y"), { stageId: "won", index: 0 }, AT);
  expect(after.columns.map(({ count }) => count)).toEqual([1, 11, 0]);
  expect(after.columns[0]?.sums).toEqual([]);
  expect(after.columns[1]?.sums).toEqual([
    { currency: "EUR", amount: "100.5000", weighted: "100.5000" },
    { currency: "USD", amount: "7.0000", weighted: "7.0000" },
  ]);
  // One of them was there.
  expect(after.columns[1]?.cards[2]).toBe(both.columns[1]?.cards[1]);
  expect(entering(taken("a", "c", "y"), "won").map(({ id }) => id)).toEqual(["a", "c"]);
});

test("neighbours and places are those among the cards that stay", () => {
  const moving = new Set(["a", "x"]);
  expect(neighbours(both, moving, { stageId: "new", index: 1 })).toEqual({
    after: "b",
    before: "c",
  });
  expect(neighbours(both, moving, { stageId: "won", index: 0 })).toEqual({
    after: null,
    before: "y",
  });
  expect(placeAmong(both, "c", new Set(["a", "c"]))).toEqual({ stageId: "new", index: 1 });
  expect(placeAmong(both, "no", moving)).toBeUndefined();
});

test("cards that come to lie as they lay are not moved", () => {
  expect(isMove(both, taken("a", "b"), { stageId: "new", index: 0 })).toBe(false);
  expect(isMove(both, taken("a", "b"), { stageId: "new", index: 1 })).toBe(true);
  // They lie together then.
  expect(isMove(both, taken("a", "c"), { stageId: "new", index: 0 })).toBe(true);
  expect(isMove(both, taken("a", "x"), { stageId: "won", index: 0 })).toBe(true);
  expect(isMove(both, taken("a"), { stageId: "gone", index: 0 })).toBe(false);
  expect([...idsOf(taken("a", "x"))]).toEqual(["a", "x"]);
});

test("a range is within a column, up or down, both ends with it", () => {
  expect(rangeOf(both, "a", "c")).toEqual(["a", "b", "c"]);
  expect(rangeOf(both, "c", "b")).toEqual(["b", "c"]);
  expect(rangeOf(both, "a", "x")).toEqual(["x"]);
  expect(rangeOf(both, null, "b")).toEqual(["b"]);
});
