import { expect, test } from "vitest";
import { localeOf } from "./locale";

test("dates and numbers follow the region of the browser's first language", () => {
  expect(localeOf("en-GB,en;q=0.9")).toBe("en-GB");
  expect(localeOf("de-AT,de;q=0.9,en-US;q=0.8")).toBe("en-AT");
  expect(localeOf("sv")).toBe("en-SE");
  expect(localeOf("zh-Hant-TW;q=0.9")).toBe("en-TW");
});

test("what names no region is plain English", () => {
  expect([
    localeOf(null),
    localeOf(""),
    localeOf("*"),
    localeOf("es-419"),
    localeOf("???"),
  ]).toEqual(["en", "en", "en", "en", "en"]);
});
