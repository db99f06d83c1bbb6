import { expect, test } from "vitest";
import { choicesOf, inOrder, isDiffering, shownFields, sourceOf } from "./choices";
import type { MergeField, MergeRecord } from "./types";

function record(id: string, rest: Record<string, unknown> = {}): MergeRecord {
  return { id, version: 1, display_name: id, deleted_at: null, ...rest };
}

const acme = record("acme", { email: "a@x", phone: "", flag: false, owner: null, city: "Rome" });
const ltd = record("ltd", { email: "b@x", phone: "+49", flag: true, owner: null, city: "Rome" });
const inc = record("inc", { email: "", phone: "+43", flag: false, owner: "ada", city: "Rome" });
const all = [acme, ltd, inc];
const field = (name: string): MergeField => ({ name, label: name, text: String });

test("a value comes from the survivor, else from the first that has any, else from the survivor", () => {
  expect(sourceOf(all, "email", {})).toBe("acme");
  expect(sourceOf(all, "phone", {})).toBe("ltd");
  expect(sourceOf(all, "flag", {})).toBe("ltd");
  expect(sourceOf(all, "owner", {})).toBe("inc");
  expect(sourceOf([acme, record("nil")], "owner", {})).toBe("acme");
  expect(sourceOf(inOrder(all, "inc"), "phone", {})).toBe("inc");
});

test("a choice wins, and only what the API would not do by itself is sent", () => {
  const chosen = { email: "ltd", phone: "ltd", owner: "acme", city: "gone" };
  expect(sourceOf(all, "email", chosen)).toBe("ltd");
  expect(choicesOf(all, chosen)).toEqual({ email: "ltd", owner: "acme" });
  expect(choicesOf(inOrder(all, "ltd"), chosen)).toEqual({ owner: "acme" });
});

test("one row for each field that differs, and on demand for each that has something", () => {
  const fields = ["email", "phone", "flag", "owner", "city", "notes"].map(field);
  const names = (showsAll: boolean) => shownFields(fields, all, showsAll).map(({ name }) => name);
  expect(names(false)).toEqual(["email", "phone", "flag", "owner"]);
  expect(names(true)).toEqual(["email", "phone", "flag", "owner", "city"]);
});

test("nothing is nothing, however it is written", () => {
  expect(isDiffering([record("a", { x: "" }), record("b", { x: null }), record("c")], "x")).toBe(
    false,
  );
  expect(isDiffering([record("a", { x: "" }), record("b", { x: "1" })], "x")).toBe(true);
  expect(isDiffering([record("a", { x: "1" }), record("b", { x: "" })], "x")).toBe(true);
});

test("the survivor leads, the others keep their order", () => {
  expect(inOrder(all, "inc").map(({ id }) => id)).toEqual(["inc", "acme", "ltd"]);
});

test("own fields are told apart by what they say, and a no is an answer", () => {
  const eur = { amount: "5", currency: "EUR" };
  const own = [
    record("a", { custom: { fair: false, uses: ["in"], budget: eur } }),
    record("b", { custom: { fair: true, uses: ["in"], budget: { ...eur }, ship: "Dolphin" } }),
  ];
  const names = ["custom.fair", "custom.uses", "custom.budget", "custom.ship", "custom.none"];
  expect(shownFields(names.map(field), own, false).map(({ name }) => name)).toEqual([
    "custom.fair",
    "custom.ship",
  ]);
  expect(sourceOf(own, "custom.fair", {})).toBe("a");
  expect(sourceOf(own, "custom.ship", {})).toBe("b");
  // To have none is a choice, too.
  expect(choicesOf(own, { "custom.fair": "a", "custom.ship": "a" })).toEqual({
    "custom.ship": "a",
  });
});
