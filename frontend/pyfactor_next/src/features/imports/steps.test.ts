import { describe, expect, it } from "vitest";
import { canVisit, failedWork, isEditable, isExpired, stepOf } from "./steps";
import { job } from "./testing";
import type { ImportState } from "./types";

const applied = { applied_at: "2026-11-24T10:00:00Z" };

describe("stepOf", () => {
  it.each<[ImportState, string]>([
    ["draft", "file"],
    ["validating", "review"],
    ["validated", "review"],
    ["applying", "review"],
    ["failed", "review"],
  ])("shows a fresh import in state %s at %s", (state, step) => {
    expect(stepOf(job({ state }), null)).toBe(step);
  });

  it("shows what was written or taken back at the result", () => {
    expect(stepOf(job({ state: "applied", ...applied }), null)).toBe("result");
    expect(stepOf(job({ state: "reverting", ...applied }), null)).toBe("result");
    const reverted = job({ state: "reverted", ...applied, reverted_at: "2026-11-24T11:00:00Z" });
    expect(stepOf(reverted, null)).toBe("result");
    expect(stepOf(reverted, "columns")).toBe("columns");
  });

  it("comes back to the station in the address after a reload", () => {
    expect(stepOf(job({ state: "draft" }), "columns")).toBe("columns");
    expect(stepOf(job({ state: "validated" }), "file")).toBe("file");
  });

  it("does not follow an address that the state does not allow", () => {
    expect(stepOf(job({ state: "draft" }), "review")).toBe("columns");
    expect(stepOf(job({ state: "applying" }), "columns")).toBe("review");
    expect(stepOf(job({ state: "applied", ...applied }), "columns")).toBe("result");
  });

  it("leaves a failed revert at the result and a failed check at the review", () => {
    const phase = (name: string) => ({ phase: name, done: 0, total: 0 });
    expect(stepOf(job({ state: "failed", ...applied, progress: phase("reverting") }), null)).toBe(
      "result",
    );
    expect(stepOf(job({ state: "failed", progress: phase("reading") }), "review")).toBe("review");
    expect(stepOf(job({ state: "failed", progress: phase("reading") }), "columns")).toBe("columns");
  });
});

describe("failedWork", () => {
  it.each([
    ["reading", "validate"],
    ["writing", "apply"],
    ["checking", "apply"],
    ["reverting", "revert"],
    ["", "validate"],
  ])("knows by the phase %s that it was to %s", (phase, work) => {
    expect(failedWork(job({ state: "failed", progress: { phase, done: 0, total: 0 } }))).toBe(work);
  });

  it("says nothing about imports that did not fail", () => {
    expect(failedWork(job({ state: "validated" }))).toBeUndefined();
  });
});

describe("canVisit", () => {
  it("offers the review only after a dry run", () => {
    expect(canVisit(job({ state: "draft" }), "review")).toBe(false);
    expect(canVisit(job({ state: "validated" }), "review")).toBe(true);
  });

  it("offers nothing while a job runs or after the customers were written", () => {
    expect(canVisit(job({ state: "applying" }), "columns")).toBe(false);
    expect(canVisit(job({ state: "applied", ...applied }), "columns")).toBe(false);
    expect(isEditable(job({ state: "failed", ...applied }))).toBe(false);
  });
});

describe("an import whose file and rows are gone", () => {
  const details_purged_at = "2026-12-24T10:00:00Z";

  it("is only looked at, whatever it was at", () => {
    for (const state of ["draft", "validated", "failed"] as const) {
      const purged = job({ state, details_purged_at });
      expect(stepOf(purged, "columns")).toBe("result");
      expect(isEditable(purged)).toBe(false);
      expect(canVisit(purged, "review")).toBe(false);
    }
  });

  it("has expired when nothing of it was ever written", () => {
    expect(isExpired(job({ state: "validated", details_purged_at }))).toBe(true);
    expect(isExpired(job({ state: "applied", ...applied, details_purged_at }))).toBe(false);
    expect(isExpired(job({ state: "validated" }))).toBe(false);
  });
});
