import { expect, test } from "vitest";
import { ticks } from "./scale";

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [10, [0, 2.5, 5, 7.5, 10]],
  [41_200, [0, 20_000, 40_000, 60_000]],
  [0.3, [0, 0.1, 0.2, 0.3]],
])("the lines of a chart up to %s", (largest, lines) => {
  const found = ticks(largest);
  expect(found.map((line) => Number(line.toFixed(6)))).toEqual(lines);
  expect(found.at(-1)).toBeGreaterThanOrEqual(largest);
});
