import { beforeEach, expect, test } from "vitest";
import { forgetRecent, forgetRecord, recentRecords, rememberRecord } from "./recent";

beforeEach(() => localStorage.clear());

const record = (id: string) => ({ kind: "customer" as const, id, title: `Title ${id}`, line: "" });

test("the last one opened stands first, each once, and the oldest go", () => {
  for (let number = 0; number < 20; number++) rememberRecord("ada", "acme", record(String(number)));
  rememberRecord("ada", "acme", record("15"));
  const ids = recentRecords("ada", "acme").map(({ id }) => id);
  expect(ids.slice(0, 3)).toEqual(["15", "19", "18"]);
  expect(ids).toHaveLength(12);
});

test("another business and another person have lists of their own", () => {
  rememberRecord("ada", "acme", record("1"));
  expect(recentRecords("ada", "bikes")).toEqual([]);
  expect(recentRecords("bob", "acme")).toEqual([]);
});

test("a record in the trash leaves the list, and everything leaves at the sign-out", () => {
  rememberRecord("ada", "acme", record("1"));
  rememberRecord("ada", "acme", record("2"));
  forgetRecord("ada", "acme", "2");
  expect(recentRecords("ada", "acme").map(({ id }) => id)).toEqual(["1"]);
  localStorage.setItem("dott.table.customers", "{}");
  forgetRecent();
  expect(recentRecords("ada", "acme")).toEqual([]);
  expect(localStorage.getItem("dott.table.customers")).toBe("{}");
});

test("what something else wrote is no record", () => {
  localStorage.setItem("dott.recent.ada.acme", '[{"kind":"customer"},7,null]');
  expect(recentRecords("ada", "acme")).toEqual([]);
  localStorage.setItem("dott.recent.ada.acme", "{");
  expect(recentRecords("ada", "acme")).toEqual([]);
});
