// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { POST } from "./route";

const REPORT = {
  "csp-report": {
    "document-uri": "https://dott.test/bakery/customers?q=Ada#x",
    "effective-directive": "script-src-elem",
    "blocked-uri": "https://evil.test/x.js?who=Ada",
    "source-file": "https://dott.test/bakery/customers",
    "line-number": 7,
  },
};

const lines = vi.fn<(line: string) => void>();
let route: { POST: typeof POST };

beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(lines);
  vi.useFakeTimers({ toFake: ["Date"] });
  // Lines are counted in the module.
  vi.resetModules();
  route = await import("./route");
});

afterEach(() => {
  vi.useRealTimers();
  lines.mockClear();
});

const send = async (body: string): Promise<number> =>
  (await route.POST(new Request("https://dott.test/csp-reports", { method: "POST", body }))).status;

test("a violation becomes one line, which names nobody", async () => {
  expect(await send(JSON.stringify(REPORT))).toBe(204);
  const line: unknown = JSON.parse(lines.mock.calls[0]?.[0] ?? "");
  expect(line).toEqual({
    event: "csp_violation",
    timestamp: expect.any(String),
    directive: "script-src-elem",
    blocked: "https://evil.test/x.js",
    page: "https://dott.test/bakery/customers",
    source: "https://dott.test/bakery/customers",
    line: 7,
  });
});

test.each([
  ["nothing", "", 400],
  ["half of one", "{", 400],
  ["null", "null", 400],
  ["a list", "[]", 400],
  ["a list inside", '{"csp-report": []}', 400],
  ["a long text", `{"csp-report": "${"x".repeat(20_000)}"}`, 413],
])("%s is no report", async (_, body, status) => {
  expect(await send(body)).toBe(status);
  expect(lines).not.toHaveBeenCalled();
});

test("values of other kinds and of any length make a short line all the same", async () => {
  const odd = { "document-uri": 7, "blocked-uri": `a\n${"b".repeat(9_000)}`, "line-number": "x" };
  expect(await send(JSON.stringify({ "csp-report": odd }))).toBe(204);
  const text = lines.mock.calls[0]?.[0] ?? "";
  expect(text.length).toBeLessThan(600);
  expect(text).not.toContain("\n");
});

test("a page that breaks for everybody does not fill the log", async () => {
  for (let n = 0; n < 80; n++) expect(await send(JSON.stringify(REPORT))).toBe(204);
  expect(lines).toHaveBeenCalledTimes(60);
  vi.setSystemTime(Date.now() + 61_000);
  await send(JSON.stringify(REPORT));
  expect(lines).toHaveBeenCalledTimes(61);
});
