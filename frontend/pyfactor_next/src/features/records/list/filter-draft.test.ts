import { expect, test } from "vitest";
import { countConditions, type FilterFieldDef, type Node, parseConditions } from "./conditions";
import { draftOf, emptyCondition, isComplete, nodeOf, without } from "./filter-draft";

const fields: FilterFieldDef[] = [
  { name: "name", label: "Name", kind: "text" },
  { name: "stage", label: "Stage", kind: "choice", options: [{ value: "lead", label: "Lead" }] },
  { name: "age", label: "Age", kind: "number" },
  { name: "made", label: "Made", kind: "date" },
  { name: "is_on", label: "On", kind: "bool" },
];

const whole: Node = {
  and: [
    { field: "name", op: "contains", value: "tea" },
    { field: "name", op: "in", value: ["a", "b"] },
    {
      or: [
        { field: "stage", op: "not_in", value: ["lead"] },
        { field: "age", op: "between", value: ["1", "2"] },
        { field: "made", op: "within", value: "last 30 days" },
        { field: "made", op: "before", value: "today" },
        { field: "is_on", op: "is", value: false },
        { field: "stage", op: "empty" },
      ],
    },
  ],
};

test("a filter survives being edited", () => {
  const draft = draftOf(whole, fields);
  expect(isComplete(draft, fields)).toBe(true);
  expect(nodeOf(draft, fields)).toEqual(whole);
  expect(countConditions(whole)).toBe(8);
});

test("a single condition needs no group, and nothing needs none", () => {
  const one: Node = { field: "name", op: "is", value: "x" };
  expect(nodeOf(draftOf(one, fields), fields)).toEqual(one);
  const draft = draftOf(one, fields);
  const [only] = draft.children;
  expect(nodeOf(without(draft, only?.id ?? 0), fields)).toBeNull();
});

test("a single choice becomes a list of one", () => {
  const draft = draftOf({ field: "stage", op: "is", value: "lead" }, fields);
  expect(nodeOf(draft, fields)).toEqual({ field: "stage", op: "in", value: ["lead"] });
});

test.each([
  ["name", "", false],
  ["name", "x", true],
  ["age", "1x", false],
  ["age", "-1.5", true],
  ["made", "last 0 days", false],
  ["made", "next 2 weeks", true],
])("a condition on %s with %j is complete: %s", (name, value, isDone) => {
  const field = fields.find((each) => each.name === name);
  expect(isComplete({ ...emptyCondition(field), value: [value] }, fields)).toBe(isDone);
});

test("what the fields do not know is left out", () => {
  const draft = draftOf({ and: [{ field: "gone", op: "is", value: "x" }] }, fields);
  expect(isComplete(draft, fields)).toBe(false);
  expect(draft.children).toHaveLength(1);
});

test("an address that is no filter narrows nothing", () => {
  for (const text of [
    null,
    "",
    "{",
    "[]",
    "1",
    '{"and":[]}',
    '{"and":[1]}',
    '{"field":1,"op":"is"}',
  ]) {
    expect(parseConditions(text)).toBeNull();
  }
  expect(parseConditions(JSON.stringify(whole))).toEqual(whole);
});
