import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { messages } from "@/i18n/messages";
import {
  canEditRows,
  canNarrow,
  choiceOfTab,
  countOf,
  firstTab,
  hasWork,
  lineAfter,
  remarks,
} from "./review";
import { job } from "./testing";

const none = { create: 0, update: 0, unchanged: 0, error: 0, excluded: 0, warning: 0, conflict: 0 };
const t = createTranslator({ locale: "en", messages, namespace: "imports" });

describe("the sentence beside the button", () => {
  const said = (counts: typeof none): string =>
    remarks(counts)
      .map(({ name, count }) => t(`review.sentence.${name}`, { count }))
      .join(" ");

  it("names what is not written, and no zeros", () => {
    expect(said({ ...none, create: 67, error: 24 })).toBe(
      "24 rows need attention and are not imported.",
    );
    expect(said({ ...none, error: 1, excluded: 2, unchanged: 1 })).toBe(
      "1 row needs attention and is not imported. 2 rows are left out. 1 is the same already.",
    );
    expect(said({ ...none, create: 91 })).toBe("");
  });
});

it("states on the button exactly what will happen", () => {
  expect(t("review.apply", { create: 91, update: 0, entity: "customer" })).toBe("Add 91 customers");
  expect(t("review.apply", { create: 12_403, update: 7, entity: "customer" })).toBe(
    "Add 12,403, change 7",
  );
});

it("states in the question exactly what is taken back", () => {
  expect(t("revert.description", { create: 91, update: 0, entity: "customer" }).trim()).toBe(
    "The 91 customers it added are removed.",
  );
  expect(t("revert.description", { create: 0, update: 1, entity: "customer" })).toBe(
    "No customer was added. The one customer it changed gets its old values back.",
  );
});

it("tells what goes where above the columns", () => {
  expect(t("columns.intro", { fields: 9, notes: 1, leftOut: 0, entity: "customer" })).toBe(
    "9 columns go to a field, 1 is kept in the notes, none is left out.",
  );
});

it("begins with what will be written, else with what keeps it from being written", () => {
  expect(firstTab({ ...none, create: 1, error: 24 })).toBe("create");
  expect(firstTab({ ...none, update: 2, unchanged: 89 })).toBe("update");
  expect(firstTab({ ...none, error: 3, unchanged: 9 })).toBe("error");
  expect(firstTab(none)).toBe("create");
});

it("has nothing to apply when no row writes", () => {
  expect(hasWork({ ...none, unchanged: 91 })).toBe(false);
  expect(hasWork({ ...none, update: 1 })).toBe(true);
});

it("lets rows be mended between dry run and apply only", () => {
  expect(canEditRows(job({ state: "validated" }))).toBe(true);
  expect(canEditRows(job({ state: "applied" }))).toBe(false);
});

it("goes on to the next line, at the end to the one before", () => {
  expect(lineAfter([8, 9, 16], 8)).toBe(9);
  expect(lineAfter([8, 9, 16], 16)).toBe(9);
  expect(lineAfter([8], 8)).toBeNull();
});

describe("rows with a warning", () => {
  const counts = { ...none, create: 3, warning: 2 };

  it("can be listed alone where they are about to be written", () => {
    expect(canNarrow(job({ state: "validated", counts }), "create")).toBe(true);
  });

  it("are not offered where there are none, or nothing is written", () => {
    expect(canNarrow(job({ state: "validated", counts }), "update")).toBe(false);
    expect(canNarrow(job({ state: "validated", counts: { ...counts, error: 1 } }), "error")).toBe(
      false,
    );
    expect(
      canNarrow(job({ state: "validated", counts: { ...counts, warning: 0 } }), "create"),
    ).toBe(false);
    expect(canNarrow(job({ state: "applied", counts }), "create")).toBe(false);
  });
});

it("tells conflicts from what cannot be read", () => {
  const counts = { ...none, error: 5, conflict: 2 };
  expect([countOf(counts, "conflict"), countOf(counts, "error")]).toEqual([2, 3]);
  expect(firstTab(counts)).toBe("conflict");
  expect(choiceOfTab(counts, "conflict")).toEqual({ action: "error", conflict: true });
  expect(choiceOfTab(counts, "error")).toEqual({ action: "error", conflict: false });
  expect(choiceOfTab(counts, "update")).toEqual({ action: "update" });
  expect(choiceOfTab({ ...none, error: 5 }, "error")).toEqual({ action: "error" });
});
