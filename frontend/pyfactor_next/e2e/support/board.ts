import type { Locator, Page } from "@playwright/test";
import { enter, fresh, make, type Stage, stagesOf } from "./deals";
import { expect } from "./test";

export interface Board {
  first: Stage;
  second: Stage;
  lost: Stage;
  /** Deals that only this test has made, by name; the filter of the page shows no others. */
  ids: Record<string, string>;
}

/** Opens the board with fresh deals in its first column, and with nothing else. */
export async function openBoard(page: Page, deals: Record<string, object>): Promise<Board> {
  // All columns side by side: none has to be scrolled to while a card is in the air.
  await page.setViewportSize({ width: 1760, height: 900 });
  const slug = await enter(page);
  const stages = await stagesOf(page);
  const [first, second] = stages;
  const lost = stages.find(({ category }) => category === "lost");
  if (!first || !second || !lost) throw new Error("the demo business has a pipeline");
  const word = fresh("Loom");
  const customer = await make(page, "customers", { kind: "business", business_name: word });
  const ids: Record<string, string> = {};
  for (const [name, deal] of Object.entries(deals)) {
    ids[name] = await make(page, "deals", { name: `${word} ${name}`, customer, ...deal });
  }
  await page.goto(`/${slug}/deals?layout=board&q=${encodeURIComponent(word)}`);
  for (const id of Object.values(ids)) await expect(cardIn(page, first, id)).toBeVisible();
  return { first, second, lost, ids };
}

export const columnOf = (page: Page, stage: Stage): Locator =>
  page.locator(`[data-column="${stage.id}"]`);
export const cardIn = (page: Page, stage: Stage, id: string | undefined): Locator =>
  columnOf(page, stage).locator(`[data-card="${id}"]`);

/** Presses the mouse on a card and carries it over a column; it is let go by `drop`. */
export async function carry(page: Page, card: Locator, column: Locator): Promise<void> {
  const from = await card.boundingBox();
  const to = await column.boundingBox();
  if (!from || !to) throw new Error("both are on the screen");
  await page.mouse.move(from.x + 24, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 30, { steps: 3 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
}

export const drop = (page: Page): Promise<void> => page.mouse.up();
