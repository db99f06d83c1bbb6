import { expect, test } from "vitest";
import { emptyLayout, orderedIds } from "./model";
import { formatOrdering, nextSort, parseOrdering } from "./ordering";

test("an ordering survives the way through the URL", () => {
  const rules = parseOrdering("-created_at,name");
  expect(rules).toEqual([
    { ordering: "created_at", isDescending: true },
    { ordering: "name", isDescending: false },
  ]);
  expect(formatOrdering(rules)).toBe("-created_at,name");
  expect(parseOrdering(null)).toEqual([]);
});

test("clicking a header goes ascending, descending, none", () => {
  const once = nextSort([], "name", false);
  const twice = nextSort(once, "name", false);
  expect(formatOrdering(once)).toBe("name");
  expect(formatOrdering(twice)).toBe("-name");
  expect(nextSort(twice, "name", false)).toEqual([]);
});

test("a plain click replaces the order, Shift adds a level and keeps places", () => {
  const rules = parseOrdering("name,city");
  expect(formatOrdering(nextSort(rules, "stage", false))).toBe("stage");
  expect(formatOrdering(nextSort(rules, "stage", true))).toBe("name,city,stage");
  expect(formatOrdering(nextSort(rules, "name", true))).toBe("-name,city");
  expect(formatOrdering(nextSort(parseOrdering("-name,city"), "name", true))).toBe("city");
});

test("new columns come at the end and forgotten ones are left out", () => {
  const columns = ["a", "b", "c"].map((id) => ({ id, header: id, cell: () => null }));
  expect(orderedIds(columns, { ...emptyLayout, order: ["c", "gone", "a"] })).toEqual([
    "c",
    "a",
    "b",
  ]);
});
