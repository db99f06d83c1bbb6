import { expect, test } from "vitest";
import { initials } from "./avatar";

test("initials are whole letters of the first and the last word", () => {
  expect(
    ["Königlich Essen", "B's Beverages", "サクラ商店", "𠮷野家 東京", "…"].map(initials),
  ).toEqual(["KE", "BB", "サ", "𠮷東", "?"]);
});
