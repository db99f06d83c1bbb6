import { expect, test } from "vitest";
import { makeCustomer } from "../testing";
import { compare, settle } from "./conflict";

const base = makeCustomer({ email: "old@example.com", stage: "lead" });

test("a field that both changed is a clash, with what stood there before", () => {
  const theirs = makeCustomer({ email: "theirs@example.com", stage: "lead", version: 2 });
  expect(compare(base, theirs, { email: "mine@example.com" })).toEqual({
    theirs,
    clashes: [
      {
        field: "email",
        yours: "mine@example.com",
        theirs: "theirs@example.com",
        before: "old@example.com",
      },
    ],
    others: [],
  });
});

test("a field that only they changed is told, one's own waits beside it", () => {
  const theirs = makeCustomer({ email: "old@example.com", stage: "customer", version: 2 });
  const conflict = compare(base, theirs, { email: "mine@example.com" });
  expect(conflict.others).toEqual(["stage"]);
  expect(conflict.clashes.map((clash) => clash.theirs)).toEqual(["old@example.com"]);
});

test("what both changed to the same is no conflict", () => {
  const theirs = makeCustomer({ email: "same@example.com", stage: "lead", version: 2 });
  expect(compare(base, theirs, { email: "same@example.com" })).toMatchObject({
    clashes: [],
    others: [],
  });
});

test("derived and written-by fields are nobody's change", () => {
  const theirs = makeCustomer({
    email: "old@example.com",
    stage: "lead",
    version: 9,
    updated_at: "2026-02-02T00:00:00Z",
    updated_by: "somebody",
    display_name: "?",
  });
  expect(compare(base, theirs, {}).others).toEqual([]);
});

test("mine is kept unless theirs is taken", () => {
  const theirs = makeCustomer({ email: "theirs@example.com", stage: "customer", notes: "Hello" });
  const conflict = compare(base, theirs, { email: "mine@example.com", stage: "other" });
  expect(settle(conflict, {})).toEqual({ email: "mine@example.com", stage: "other" });
  expect(settle(conflict, { stage: "theirs", email: "mine" })).toEqual({
    email: "mine@example.com",
  });
  expect(settle(conflict, { stage: "theirs", email: "theirs" })).toEqual({});
});

test("emptying a date is a change like any other", () => {
  const dated = makeCustomer({ tax_exempt_expires_on: "2026-01-01" });
  const theirs = makeCustomer({ tax_exempt_expires_on: "2027-01-01" });
  expect(compare(dated, theirs, { tax_exempt_expires_on: null }).clashes[0]).toMatchObject({
    yours: null,
    theirs: "2027-01-01",
  });
});
