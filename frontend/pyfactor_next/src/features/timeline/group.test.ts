import { expect, test } from "vitest";
import { byMonth } from "./group";
import type { Moment } from "./queries";

function moment(id: string, at: string): Moment {
  return { id, at, activity: null, change: null };
}

test("moments are grouped by the month they have in the time zone, each once", () => {
  const moments = [
    moment("c", "2026-03-31T23:30:00Z"),
    moment("b", "2026-03-31T12:00:00Z"),
    moment("b", "2026-03-31T12:00:00Z"),
    moment("a", "2026-02-01T00:00:00Z"),
  ];
  const names = (zone: string) =>
    byMonth(moments, zone).map(({ month, moments: own }) => [
      month,
      own.map(({ id }) => id).join(""),
    ]);
  expect(names("UTC")).toEqual([
    ["2026-03", "cb"],
    ["2026-02", "a"],
  ]);
  expect(names("Europe/Berlin")).toEqual([
    ["2026-04", "c"],
    ["2026-03", "b"],
    ["2026-02", "a"],
  ]);
});
