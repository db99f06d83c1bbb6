import { expect, test } from "vitest";
import { localeOf } from "./locale";

const browser = (acceptLanguage: string | null) => localeOf({ acceptLanguage });

test("the first language that there is gives the words, the first of all the region", () => {
  expect(browser("en-GB,en;q=0.9")).toEqual({ language: "en", tag: "en-GB" });
  expect(browser("de-AT,de;q=0.9,en-US;q=0.8")).toEqual({ language: "de", tag: "de-AT" });
  expect(browser("sv,de;q=0.5")).toEqual({ language: "de", tag: "de-SE" });
  expect(browser("zh-Hant-TW;q=0.9")).toEqual({ language: "en", tag: "en-TW" });
});

test("preferences count by their weight, not by their place", () => {
  expect(browser("en;q=0.3, de-CH;q=0.9, ar;q=0")).toEqual({ language: "de", tag: "de-CH" });
});

test("Arabic is written with the digits and the calendar of the data", () => {
  expect(browser("ar-EG")).toEqual({ language: "ar", tag: "ar-EG-u-ca-gregory-nu-latn" });
  const { tag } = browser("ar-SA");
  expect(new Intl.NumberFormat(tag).format(1234.5)).toBe("1,234.5");
  expect(new Intl.DateTimeFormat(tag, { year: "numeric" }).format(0)).toBe("1970");
});

test("a setting goes before the cookie, and the cookie before the browser", () => {
  const all = { chosen: "ar", cookie: "de", acceptLanguage: "en-US" };
  expect(localeOf(all).language).toBe("ar");
  expect(localeOf({ ...all, chosen: "" }).tag).toBe("de-US");
  expect(localeOf({ ...all, chosen: "fr", cookie: "xx" }).tag).toBe("en-US");
  expect(localeOf({ ...all, chosen: "de-CH" }).tag).toBe("de-CH");
});

test("what names no region and no language is plain English", () => {
  const tags = [null, "", "*", "es-419", "???"].map((header) => browser(header).tag);
  expect(tags).toEqual(["en", "en", "en", "en", "en"]);
});
