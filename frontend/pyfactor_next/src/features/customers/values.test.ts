import { expect, test } from "vitest";
import { FIELD_NAMES } from "./fields";
import { makeCustomer } from "./testing";
import { changes, displayName, emptyValues, filledIn, pick } from "./values";

test("every writable field has an empty value and a place", () => {
  expect([...FIELD_NAMES].sort()).toEqual(Object.keys(emptyValues).sort());
});

test("only what differs is sent, trimmed", () => {
  const record = makeCustomer({ email: "a@b.example", notes: "x" });
  expect(
    changes(record, { email: " a@b.example ", notes: " y\n", owner: null, is_tax_exempt: true }),
  ).toEqual({ notes: "y", is_tax_exempt: true });
  expect(changes(record, { email: "" })).toEqual({ email: "" });
});

test("an undo writes back what stood there, empty or not", () => {
  const record = makeCustomer({ email: "", stage: "lead" });
  expect(pick(record, ["email", "stage", "owner"])).toEqual({
    email: "",
    stage: "lead",
    owner: null,
  });
});

test("a new customer sends nothing empty", () => {
  expect(filledIn({ ...emptyValues, business_name: " Acme ", do_not_call: true })).toEqual({
    kind: "business",
    business_name: "Acme",
    stage: "lead",
    status: "active",
    do_not_call: true,
  });
});

test("a business is called by its name, a person by hers", () => {
  const names = { business_name: "Acme", first_name: "Maria", last_name: "Anders" };
  expect(displayName({ ...names, kind: "business" })).toBe("Acme");
  expect(displayName({ ...names, kind: "person" })).toBe("Maria Anders");
  expect(displayName({ ...names, kind: "person", first_name: "" })).toBe("Anders");
});
