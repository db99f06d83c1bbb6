import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { messages } from "@/i18n/messages";

const t = createTranslator({ locale: "en", messages, namespace: "imports" });

const counts = [
  { create: 91, update: 0 },
  { create: 1, update: 0 },
  { create: 0, update: 1 },
  { create: 3, update: 2 },
  { create: 0, update: 0 },
];

test("the button says what will be written, and not what will not", () => {
  expect(
    counts.slice(0, 4).map((each) => t("review.apply", { ...each, entity: "customer" })),
  ).toEqual(["Add 91 customers", "Add 1 customer", "Change 1 customer", "Add 3, change 2"]);
});

test("the list says what an import did, and not what it did not", () => {
  expect(counts.map((each) => t("list.outcome.applied", each))).toEqual([
    "91 added",
    "1 added",
    "1 changed",
    "3 added, 2 changed",
    "Nothing was written",
  ]);
  expect(counts.map((each) => t("list.outcome.reverted", each))).toEqual([
    "91 removed again",
    "1 removed again",
    "1 changed back",
    "3 removed again, 2 changed back",
    "Nothing had been written",
  ]);
});

test("one row is spoken of as one", () => {
  expect(t("review.warnings", { count: 1 })).toBe(
    "1 row carries a warning, such as a phone number that is kept as it was given. It is imported.",
  );
  expect(t("review.sentence.error", { count: 1 })).toBe(
    "1 row needs attention and is not imported.",
  );
  expect(t("row.saved", { line: 2 })).toBe("Line 2 is mended");
});
