import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { djangoApi } from "@/api";
import { awaitExport } from "./await-export";

const made = { id: "1", row_count: 3, sha256: "ab" };
const page = (results: unknown[]) => ({ results, next: null });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("asks until the file is there, past a failure on the way", async () => {
  const get = vi
    .spyOn(djangoApi, "get")
    .mockResolvedValueOnce(page([]) as never)
    .mockRejectedValueOnce(new Error("offline"))
    .mockResolvedValueOnce(page([made]) as never);
  const found = awaitExport("r", new AbortController().signal);
  await vi.advanceTimersByTimeAsync(10_000);
  await expect(found).resolves.toEqual(made);
  expect(get).toHaveBeenCalledTimes(3);
  expect(get.mock.calls[0]?.[1]).toMatchObject({ query: { receipt: "r" } });
});

it("stops when the page goes, and after a while", async () => {
  const get = vi.spyOn(djangoApi, "get").mockResolvedValue(page([]) as never);
  const stop = new AbortController();
  const left = awaitExport("r", stop.signal);
  stop.abort();
  await expect(left).resolves.toBeUndefined();
  expect(get).not.toHaveBeenCalled();
  const never = awaitExport("r", new AbortController().signal);
  await vi.advanceTimersByTimeAsync(200_000);
  await expect(never).resolves.toBeUndefined();
});
