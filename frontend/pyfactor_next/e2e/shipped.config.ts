import { defineConfig } from "@playwright/test";
import local from "./playwright.config";

/** The containers of deploy/compose.yaml over real TLS (deploy/tests/compose/test_journey.py). */
const key = process.env["DOTT_E2E_CERTIFICATE_KEY"];
if (!key) throw new Error("DOTT_E2E_CERTIFICATE_KEY must hold the hash of the proxy's issuing key");

export default defineConfig({
  ...local,
  projects: [{ name: "shipped", testMatch: "shipped.ts" }],
  use: {
    ...local.use,
    launchOptions: {
      ...local.use?.launchOptions,
      // This one issuer is believed, and no other: certificate errors stay errors.
      args: [
        ...(local.use?.launchOptions?.args ?? []),
        `--ignore-certificate-errors-spki-list=${key}`,
      ],
    },
  },
});
