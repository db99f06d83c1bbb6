import { expect, expectTypeOf, it } from "vitest";
import { type FieldGroup, type fieldGroups, inFieldOrder, isField } from "./fields";
import type { ImportField } from "./types";

it("offers every field that the API takes a column for", () => {
  type Offered = (typeof fieldGroups)[FieldGroup][number] | "notes";
  expectTypeOf<Exclude<ImportField, Offered>>().toBeNever();
});

it("tells fields from other choices", () => {
  expect(isField("billing_city")).toBe(true);
  expect(isField("-")).toBe(false);
});

it("puts fields in the order of the groups, unknown ones last and each once", () => {
  expect(inFieldOrder(["notes", "later", "phone", "business_name", "phone"])).toEqual([
    "business_name",
    "phone",
    "notes",
    "later",
  ]);
});
