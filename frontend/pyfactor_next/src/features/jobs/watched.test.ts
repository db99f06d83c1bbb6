import { beforeEach, expect, it, vi } from "vitest";
import { subscribeToJobs } from "./key";
import { dismissJob, jobsIn, storedJobs, watchJob } from "./watched";

beforeEach(() => localStorage.clear());

const ids = (user = "u", slug = "acme"): string[] =>
  jobsIn(storedJobs(user, slug)).map(({ id }) => id);

it("keeps the newest five of each person and business, each once", () => {
  for (const id of ["1", "2", "3", "4", "5", "6", "4"]) {
    watchJob("u", "acme", { kind: "import", id });
  }
  expect(ids()).toEqual(["4", "6", "5", "3", "2"]);
  expect(ids("u", "other")).toEqual([]);
  expect(ids("v")).toEqual([]);
});

it("tells this tab of what changes, and leaves nothing behind", () => {
  const changed = vi.fn();
  const stop = subscribeToJobs(changed);
  watchJob("u", "acme", { kind: "business", id: "1" });
  dismissJob("u", "acme", "1");
  expect(changed).toHaveBeenCalledTimes(2);
  expect(storedJobs("u", "acme")).toBeNull();
  stop();
  watchJob("u", "acme", { kind: "import", id: "2" });
  expect(changed).toHaveBeenCalledTimes(2);
});

it("takes nothing for a job that is none", () => {
  for (const text of ["{", "7", "null", '[{"id":1,"kind":"import"},null,{"id":"1","kind":"x"}]']) {
    expect(jobsIn(text)).toEqual([]);
  }
});
