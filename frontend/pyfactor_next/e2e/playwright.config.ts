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
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // One browser at a time: the machine that runs this runs the whole stack too.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env["CI"]),
  retries: 0,
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
    trace: "retain-on-failure",
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
