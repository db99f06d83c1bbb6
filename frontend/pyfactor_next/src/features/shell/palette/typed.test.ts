import { expect, test } from "vitest";
import { isMeant, readTyped } from "./typed";

test.each([
  ["", "all", ""],
  ["  köln ", "all", "köln"],
  ["> new", "actions", "new"],
  ["@anna", "people", "anna"],
  ["#42", "numbers", "42"],
  ["?", "help", ""],
  ["a@b.example", "all", "a@b.example"],
])("%j asks for %s", (value, mode, text) => {
  expect(readTyped(value)).toEqual({ mode, text });
});

test.each([
  ["New customer", "new", true],
  ["New customer", "cu", true],
  ["New customer", "cust n", true],
  ["New customer", "ew", false],
  ["New customer", "new deal", false],
  ["Tâches", "tac", true],
])("%j is meant by %j: %s", (label, text, expected) => {
  expect(isMeant(label, text)).toBe(expected);
});
