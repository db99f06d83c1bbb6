import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { fieldNames, inFieldOrder, isField } from "./fields";

it.each(["customer", "contact", "deal"] as const)("offers every field of a %s", (entity) => {
  const schema = readFileSync(path.resolve("../../backend/pyfactor/openapi.yaml"), "utf8");
  const listed = new RegExp(`of a\\s+${entity}:\\s+([a-z0-9_,\\s]+)`).exec(schema)?.[1];
  const said = listed?.trim().split(/,\s+/) ?? [];
  expect(said.length).toBeGreaterThan(15);
  expect(fieldNames(entity).toSorted()).toEqual(said.toSorted());
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
