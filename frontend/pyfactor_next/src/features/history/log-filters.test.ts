import { expect, test } from "vitest";
import { exportHref, sinceDaysAgo } from "./log-filters";

test("a period begins at a full hour, so that its page is asked for once", () => {
  const now = Date.parse("2026-03-08T10:59:59Z");
  expect(sinceDaysAgo(7, now)).toBe("2026-03-01T10:00:00.000Z");
  expect(sinceDaysAgo(7, now + 500)).toBe(sinceDaysAgo(7, now));
});

test("the file is narrowed as the log is", () => {
  expect(exportHref({})).toBe("/api/changes/export/");
  expect(exportHref({ kind: "security", actor: "me" })).toBe(
    "/api/changes/export/?kind=security&actor=me",
  );
});
