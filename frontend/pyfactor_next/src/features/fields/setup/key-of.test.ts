import { expect, test } from "vitest";
import { keyOf } from "./key-of";

test.each([
  ["Schuhgröße (EU)", "schuhgrosse_eu"],
  ["  Tier ", "tier"],
  ["1st visit", "st_visit"],
  ["VAT-ID", "vat_id"],
  ["العمر", ""],
  [`${"a".repeat(49)} b`, "a".repeat(49)],
])("the key of %j is %j", (label, key) => {
  expect(keyOf(label)).toBe(key);
});
