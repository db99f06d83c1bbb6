import { expect, it } from "vitest";
import { guessType } from "./guess-type";

it.each([
  [["ada@x.example", "bob@y.example"], "email"],
  [["https://x.example/a", "http://y.example"], "url"],
  [["Ja", "nein"], "bool"],
  [["2026-11-29", "2026-1-2"], "date"],
  [["29.11.2026", "1.2.26"], "date"],
  [["2026-11-29T10:00", "2026-11-29 9:30"], "datetime"],
  [["+49 30 123456"], "phone"],
  [["12", "-3.5", "1,250.75", "0"], "number"],
  [["€ 12.50", "EUR 7", "9,90 €"], "money"],
  [["red", "blue"], "text"],
  [["line\nline"], "long_text"],
  [["x".repeat(200)], "long_text"],
] as const)("takes %j for %s", (samples, type) => {
  expect(guessType(samples)).toBe(type);
});

it("is text where the samples differ, where a code begins with zero, and where there are none", () => {
  expect(guessType(["12", "red"])).toBe("text");
  expect(guessType(["00123", "00456"])).toBe("text");
  expect(guessType([])).toBe("text");
  expect(guessType([" ", "NULL"], ["NULL"])).toBe("text");
});

it("passes over what means empty in the file", () => {
  expect(guessType(["NULL", "7"], ["NULL"])).toBe("number");
});
