import { expect, it } from "vitest";
import { Backoff } from "./polling";
import { job } from "./testing";

const at = (done: number) =>
  job({ state: "applying", progress: { phase: "writing", done, total: 9 } });

it("never asks again when no job runs", () => {
  expect(new Backoff().next([job({ state: "validated" })], 1)).toBe(false);
  expect(new Backoff().next([], 1)).toBe(false);
});

it("asks soon while the work moves and ever later while it stands still, up to a limit", () => {
  const backoff = new Backoff();
  const delays = [at(1), at(1), at(1), at(2)].map((each, time) => backoff.next([each], time));
  expect(delays).toEqual([500, 750, 1125, 500]);
  for (let time = 10; time < 30; time++) backoff.next([at(2)], time);
  expect(backoff.next([at(2)], 31)).toBe(5_000);
});

it("gives the same delay for the same answer however often it is asked", () => {
  const backoff = new Backoff();
  expect([1, 1, 1].map((time) => backoff.next([at(1)], time))).toEqual([500, 500, 500]);
});

it("starts afresh with the next job", () => {
  const backoff = new Backoff();
  for (let time = 0; time < 9; time++) backoff.next([at(1)], time);
  backoff.next([job({ state: "applied" })], 10);
  expect(backoff.next([at(1)], 11)).toBe(500);
});
