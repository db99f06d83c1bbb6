import { expect, test } from "vitest";
import { customersSource } from "@/features/customers/list/source";
import { dealsSource } from "@/features/deals/list/source";
import type { Node } from "../list/conditions";
import { isSame, type SavedView, stateOf } from "../list/saved-views";
import type { Filter } from "./filters";
import { joined, split } from "./saved-state";

const { spec } = customersSource;

const filters: Filter[] = [
  { field: "stage", values: ["lead", "prospect"] },
  { field: "owner", values: ["me"] },
  { field: "tag", values: ["0192f7a0-0000-7000-8000-000000000001"] },
  { field: "created_at", range: { operator: "last", days: 30 } },
  { field: "updated_at", range: { operator: "between", first: "2026-01-01", last: "2026-01-31" } },
];
const either: Node = {
  or: [
    { field: "email", op: "empty" },
    { field: "notes", op: "contains", value: "tea" },
  ],
};

test("what a list narrows by survives being kept", () => {
  for (const conditions of [null, either, { field: "email", op: "empty" }]) {
    expect(split(spec, joined(spec, filters, conditions))).toEqual({ filters, conditions });
    expect(split(spec, joined(spec, [], conditions))).toEqual({ filters: [], conditions });
  }
});

test("a kept filter is known again, whatever order its keys come back in", () => {
  const view = {
    filter: {
      and: [
        { op: "in", field: "stage", value: ["customer"] },
        { op: "empty", field: "email" },
      ],
    },
    layout: "list",
  } as unknown as SavedView;
  const kept = stateOf(view);
  const { filters: short, conditions } = split(spec, kept.filter);
  expect(short).toEqual([{ field: "stage", values: ["customer"] }]);
  const shown = { ...kept, filter: joined(spec, short, conditions) };
  expect(isSame(shown, kept)).toBe(true);
});

test("tags are called as the compound filter calls them", () => {
  const tag = "0192f7a0-0000-7000-8000-000000000001";
  expect(joined(spec, [{ field: "tag", values: [tag] }], null)).toEqual({
    field: "tags",
    op: "in",
    value: [tag],
  });
});

test("a kept filter is one group, whatever it was made of", () => {
  expect(joined(spec, [], null)).toBeNull();
  expect(joined(spec, filters.slice(0, 1), null)).toEqual({
    field: "stage",
    op: "in",
    value: ["lead", "prospect"],
  });
  expect(
    joined(spec, filters.slice(0, 1), { and: [either, { field: "email", op: "empty" }] }),
  ).toEqual({
    and: [
      { field: "stage", op: "in", value: ["lead", "prospect"] },
      either,
      { field: "email", op: "empty" },
    ],
  });
});

test("what has no short form stays a condition", () => {
  const kept: Node = {
    and: [
      { field: "stage", op: "in", value: ["royal"] },
      { field: "stage", op: "not_in", value: ["lead"] },
      { field: "created_at", op: "within", value: "this month" },
      { field: "stage", op: "in", value: ["lead"] },
    ],
  };
  expect(split(spec, kept)).toEqual({
    filters: [{ field: "stage", values: ["lead"] }],
    conditions: { and: kept.and.slice(0, 3) },
  });
});

test("of one pipeline at a time there is a short form, of two there is none", () => {
  const [one, other] = [
    "0192f7a0-0000-7000-8000-000000000001",
    "0192f7a0-0000-7000-8000-000000000002",
  ];
  const both: Node = { field: "pipeline", op: "in", value: [one, other] };
  expect(split(dealsSource.spec, both)).toEqual({ filters: [], conditions: both });
  const kept: Node = { field: "pipeline", op: "in", value: [one] };
  expect(split(dealsSource.spec, kept).filters).toEqual([{ field: "pipeline", values: [one] }]);
});
