import { expect, test } from "vitest";
import { byDay } from "./group";

test("a change belongs to its day in the business's time zone", () => {
  const late = { created_at: "2026-03-01T23:30:00Z" };
  const noon = { created_at: "2026-03-01T12:00:00Z" };
  expect(byDay([late, noon], "UTC")).toEqual([{ day: "2026-03-01", items: [late, noon] }]);
  expect(byDay([late, noon], "Europe/Berlin")).toEqual([
    { day: "2026-03-02", items: [late] },
    { day: "2026-03-01", items: [noon] },
  ]);
});
