import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { fieldNames, inFieldOrder, isField } from "./fields";

it("offers every field that the API takes a column for", () => {
  const schema = readFileSync(path.resolve("../../backend/pyfactor/openapi.yaml"), "utf8");
  const said = /One of ([a-z0-9_,\s]+); or\s+custom\.<key>/.exec(schema)?.[1]?.split(/,\s+/) ?? [];
  expect(said.length).toBeGreaterThan(40);
  expect(fieldNames.toSorted()).toEqual(said.toSorted());
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
