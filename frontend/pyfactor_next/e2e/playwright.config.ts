import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { traces } from "./support/artefacts";

/** The system's Chromium where there is one; Playwright's own elsewhere. */
const SYSTEM_CHROMIUM = "/usr/bin/chromium";
const executablePath =
  process.env["DOTT_E2E_CHROMIUM"] ?? (existsSync(SYSTEM_CHROMIUM) ? SYSTEM_CHROMIUM : undefined);

export default defineConfig({
  testDir: ".",
  outputDir: traces,
  // Generous: the machine may be a small one, and it runs the browser beside the whole stack.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // One browser at a time: the machine that runs this runs the whole stack too.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env["CI"]),
  // What needed its second try is listed as flaky at the end, and is to be mended all the same.
  retries: 1,
  reporter: [["list"]],
  projects: [
    { name: "accounts", testMatch: "accounts.setup.ts" },
    { name: "chromium", testMatch: "*.spec.ts", dependencies: ["accounts"] },
  ],
  use: {
    baseURL: process.env["DOTT_E2E_URL"] ?? "http://localhost:3000",
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    screenshot: "only-on-failure",
    // Recording costs the browser as much as the test does: only a second try is recorded.
    trace: "on-first-retry",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
