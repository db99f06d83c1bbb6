import { beforeEach, expect, test } from "vitest";
import { changeSetsOf, OwnChanges } from "./own-changes";

let changes: OwnChanges;

beforeEach(() => {
  changes = new OwnChanges();
});

test("the latest is undone first, and done again in the opposite order", () => {
  changes.note(["a"]);
  changes.note(["b"]);
  expect(changes.latest("done")).toEqual(["b"]);
  changes.replace(["b"], ["undo b"]);
  changes.replace(["a"], ["undo a"]);
  expect(changes.latest("done")).toBeUndefined();
  expect(changes.latest("undone")).toEqual(["undo a"]);
  changes.replace(["undo a"], ["a again"]);
  expect([changes.latest("done"), changes.latest("undone")]).toEqual([["a again"], ["undo b"]]);
});

test("a new write ends what could be done again", () => {
  changes.note(["a"]);
  changes.replace(["a"], ["undo a"]);
  changes.note(["b"]);
  expect(changes.latest("undone")).toBeUndefined();
});

test("an undo from elsewhere can be taken back, too", () => {
  changes.replace(["of last year"], ["its undo"]);
  expect(changes.latest("done")).toEqual(["its undo"]);
});

test("several requests that are undone as one leave together", () => {
  for (const id of ["a", "b", "c"]) changes.note([id]);
  changes.replace(["b", "c"], ["undo c", "undo b"]);
  expect(changes.latest("done")).toEqual(["a"]);
  expect(changes.latest("undone")).toEqual(["undo c", "undo b"]);
});

test("what cannot be undone does not stand in the way", () => {
  changes.note(["a"]);
  changes.note(["b"]);
  const latest = changes.latest("done");
  if (latest) changes.forget(latest);
  expect(changes.latest("done")).toEqual(["a"]);
});

test("only a hundred are kept", () => {
  for (let number = 0; number < 150; number++) changes.note([String(number)]);
  let count = 0;
  for (let latest = changes.latest("done"); latest; latest = changes.latest("done")) {
    changes.forget(latest);
    count++;
  }
  expect(count).toBe(100);
});

test("an answer may name none, one or several", () => {
  expect(changeSetsOf(new Headers())).toEqual([]);
  expect(changeSetsOf(new Headers({ "Dott-Change-Set": "a" }))).toEqual(["a"]);
  expect(changeSetsOf(new Headers({ "Dott-Change-Set": "a, b" }))).toEqual(["a", "b"]);
});
