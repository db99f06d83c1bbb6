import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const source = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/**
 * Expects no violation of WCAG 2.2 A and AA on what is on screen. axe is put in by evaluate and
 * not as a script, so it works under the page's own policy.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(await readFile(source, "utf8"));
  await settled(page);
  const results = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })`,
  );
  const told = results.violations.map(
    ({ id, impact, nodes }) =>
      `${impact} ${id}: ${nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`).join("; ")}`,
  );
  // Soft: one violation must not hide what comes after it.
  expect.soft(told, `axe on ${page.url()}`).toEqual([]);
}

/** Waits until nothing that ends is moving any more: what is half faded in has half its contrast. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== "running" || effect?.getComputedTiming().endTime === Infinity,
      ),
  );
}

/** Does something in light and in dark, as a person's system would have it. */
export async function inBothThemes(page: Page, look: (theme: "light" | "dark") => Promise<void>) {
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await look(theme);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Neither the page nor its main part can be moved sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const over = await page.evaluate(() =>
    [document.documentElement, document.querySelector("main")].map((element) =>
      element ? element.scrollWidth - element.clientWidth : 0,
    ),
  );
  expect(over, `pixels too wide on ${page.url()}`).toEqual([0, 0]);
}
