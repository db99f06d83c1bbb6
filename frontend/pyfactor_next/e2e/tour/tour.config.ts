import { defineConfig } from "@playwright/test";
import local from "../playwright.config";

/** `./dott tour`: pictures of every screen. It looks and asserts nothing; pages.spec.ts does that. */
export default defineConfig({
  ...local,
  testDir: "..",
  globalTeardown: "./bind.ts",
  timeout: 60_000,
  projects: [
    { name: "accounts", testMatch: "accounts.setup.ts" },
    { name: "tour", testMatch: "tour/tour.ts", dependencies: ["accounts"] },
  ],
  use: {
    ...local.use,
    screenshot: "off",
    trace: "off",
    contextOptions: { reducedMotion: "reduce" },
  },
});
