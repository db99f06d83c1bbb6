import { expect, test } from "vitest";
import { kindsOf, parted, toggled } from "./events";

test("an event is a kind of record and what happened", () => {
  expect(parted("crm.customer.created")).toEqual({ entity: "crm.customer", word: "created" });
});

test("events are shown kind by kind, in their order", () => {
  const kinds = kindsOf(["crm.customer.created", "crm.tag.created", "crm.customer.trashed"]);
  expect(kinds.map(({ entity }) => entity)).toEqual(["crm.customer", "crm.tag"]);
  expect([...(kinds[0]?.words ?? [])]).toEqual(["created", "trashed"]);
});

test("an event is chosen and let go", () => {
  const chosen = toggled(new Set(), "crm.tag.created");
  expect([...chosen]).toEqual(["crm.tag.created"]);
  expect([...toggled(chosen, "crm.tag.created")]).toEqual([]);
});
