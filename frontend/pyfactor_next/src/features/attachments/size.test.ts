import { expect, test } from "vitest";
import { MAX_BYTES, sizeOf } from "./size";

test.each([
  [0, 0, "byte"],
  [999, 999, "byte"],
  [1_000, 1, "kilobyte"],
  [150_000, 146, "kilobyte"],
  [1_500_000, 1.4, "megabyte"],
  [MAX_BYTES, 25, "megabyte"],
])("%d bytes are %d %s", (bytes, value, unit) => {
  expect(sizeOf(bytes)).toEqual({ value, unit });
});
