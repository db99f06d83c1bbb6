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

test("what is on its way is waited for, however it ends", async () => {
  let save = (): void => undefined;
  const saved = new Promise<void>((resolve) => {
    save = resolve;
  });
  changes.follow(saved.then(() => changes.note(["saved"])));
  changes.follow(Promise.reject(new Error("refused")));
  let isSettled = false;
  const settled = changes.settled().then(() => {
    isSettled = true;
  });
  // One round of the event loop: whatever is not waited for has ended by then.
  await new Promise((resolve) => setTimeout(resolve));
  expect(isSettled).toBe(false);
  save();
  await settled;
  expect(changes.latest("done")).toEqual(["saved"]);
  await changes.settled();
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
