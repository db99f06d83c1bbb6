import { expect, test } from "vitest";
import { addDays, dayIn, instantOf, localOf, nextWeek } from "./dates";

test("days are counted across months and leap days", () => {
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
});

test("the day depends on the time zone", () => {
  const instant = new Date("2026-03-02T12:00:00Z");
  expect(dayIn("Pacific/Auckland", instant)).toBe("2026-03-03");
  expect(dayIn("America/New_York", instant)).toBe("2026-03-02");
});

test("next week begins on the business's first day of the week", () => {
  expect(nextWeek("2026-03-02", 1)).toBe("2026-03-09");
  expect(nextWeek("2026-03-08", 1)).toBe("2026-03-09");
  expect(nextWeek("2026-03-07", 0)).toBe("2026-03-08");
});

test.each([
  ["2026-03-02T09:30", "Europe/Berlin", "2026-03-02T08:30:00.000Z"],
  ["2026-03-29T09:30", "Europe/Berlin", "2026-03-29T07:30:00.000Z"],
  ["2026-03-02T23:30", "America/New_York", "2026-03-03T04:30:00.000Z"],
])("%s in %s is an instant and comes back", (local, zone, instant) => {
  expect(instantOf(local, zone)).toBe(instant);
  expect(localOf(instant, zone)).toBe(local);
});
