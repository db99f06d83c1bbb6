import { expect, test } from "vitest";
import { parseAmount, writeAmount } from "../money";
import { board, card } from "../testing";
import { moved, neighbours, placeOf } from "./moves";

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
  const after = moved(board, first, { stageId: "won", index: 0 }, AT);
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
  const after = moved(board, card("a", { amount: "100.5000" }), { stageId: "new", index: 2 }, AT);
  expect(after.columns[0]?.cards.map(({ id }) => id)).toEqual(["b", "c", "a"]);
  expect(after.columns[0]?.sums).toEqual(board.columns[0]?.sums);
  expect(after.columns[0]?.count).toBe(3);
});

test("a place is said by its neighbours, the card itself left out", () => {
  expect(neighbours(board, "a", { stageId: "new", index: 1 })).toEqual({ after: "b", before: "c" });
  expect(neighbours(board, "c", { stageId: "new", index: 0 })).toEqual({
    after: null,
    before: "a",
  });
  expect(neighbours(board, "a", { stageId: "won", index: 0 })).toEqual({
    after: null,
    before: null,
  });
});
