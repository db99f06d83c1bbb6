import path from "node:path";

/** Not in the repository. Playwright empties `traces` at each start, and only that. */
const ROOT = path.resolve(import.meta.dirname, "../../test-results");

export const traces = path.join(ROOT, "traces");

export function picture(name: string): string {
  return path.join(ROOT, "pictures", `${name}.png`);
}

/** The cookies of somebody signed in by accounts.setup.ts, for `test.use({ storageState })`. */
export function sessionOf(who: "demo" | "rival"): string {
  return path.join(ROOT, "sessions", `${who}.json`);
}
