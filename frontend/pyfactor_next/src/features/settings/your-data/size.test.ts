import { expect, it } from "vitest";
import { sizeOf } from "./size";

it.each([
  [0, 0, "byte"],
  [999, 999, "byte"],
  [1_000, 1, "kilobyte"],
  [1_572_864, 1.5, "megabyte"],
  [5_368_709_120, 5, "gigabyte"],
  [5_497_558_138_880, 5120, "gigabyte"],
])("%i bytes are %d %ss", (bytes, value, unit) => {
  expect(sizeOf(bytes)).toEqual({ value, unit });
});
