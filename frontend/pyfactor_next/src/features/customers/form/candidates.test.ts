import { expect, test } from "vitest";
import { makeCustomer } from "../testing";
import { findCandidates } from "./candidates";

const nobody = { name: "", email: "", phone: "" };
const bistro = makeCustomer({
  id: "a",
  business_name: "Café Ünal",
  email: "Info@Unal.example",
  phone: "+4989123456",
});
const other = makeCustomer({ id: "b", business_name: "Bikes", phone_raw: "089/123456" });

function reasons(typed: Partial<typeof nobody>) {
  return findCandidates([bistro, other], { ...nobody, ...typed }).map(({ row, reason }) => [
    row.id,
    reason,
  ]);
}

test("same e-mail whatever its case", () => {
  expect(reasons({ email: "info@unal.EXAMPLE" })).toEqual([["a", "email"]]);
});

test("same phone number, with or without country code and trunk zero", () => {
  expect(reasons({ phone: "089123456" })).toEqual([
    ["a", "phone"],
    ["b", "phone"],
  ]);
  expect(reasons({ phone: "089123457" })).toEqual([]);
});

test("a name that begins alike, without regard to accents", () => {
  expect(reasons({ name: "cafe u" })).toEqual([["a", "name"]]);
  expect(reasons({ name: "Bikes and more" })).toEqual([["b", "name"]]);
  expect(reasons({ name: "ünal" })).toEqual([]);
});

test("found only by another field is no reason, and nobody is listed twice", () => {
  expect(reasons({})).toEqual([]);
  expect(
    findCandidates([other, bistro, bistro], {
      ...nobody,
      name: "bikes",
      email: "info@unal.example",
    }).map(({ row }) => row.id),
  ).toEqual(["a", "b"]);
});
