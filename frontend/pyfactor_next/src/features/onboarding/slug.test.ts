import { expect, test } from "vitest";
import { slugOf } from "./slug";

test.each([
  ["Acme Trading", "acme-trading"],
  ["Café Łódź & Co.", "cafe-lodz-co"],
  ["  Straße 7 — Süd ", "strasse-7-sud"],
  ["東京", ""],
  [`${"a".repeat(33)} b`, "a".repeat(33)],
])("%s gets the address %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
