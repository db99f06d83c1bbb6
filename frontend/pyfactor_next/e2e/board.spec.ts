import type { Locator, Page } from "@playwright/test";
import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { enter, fresh, make, type Stage, stagesOf } from "./support/deals";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

const DAY_MS = 86_400_000;

interface Board {
  first: Stage;
  second: Stage;
  lost: Stage;
  /** Deals that only this test has made, by name; the filter of the page shows no others. */
  ids: Record<string, string>;
}

/** Opens the board with fresh deals in its first column, and with nothing else. */
async function openBoard(page: Page, deals: Record<string, object>): Promise<Board> {
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

const columnOf = (page: Page, stage: Stage): Locator => page.locator(`[data-column="${stage.id}"]`);
const cardIn = (page: Page, stage: Stage, id: string | undefined): Locator =>
  columnOf(page, stage).locator(`[data-card="${id}"]`);

/** Presses the mouse on a card and carries it over a column; it is let go by `drop`. */
async function carry(page: Page, card: Locator, column: Locator): Promise<void> {
  const from = await card.boundingBox();
  const to = await column.boundingBox();
  if (!from || !to) throw new Error("both are on the screen");
  await page.mouse.move(from.x + 24, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 30, { steps: 3 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
}

const drop = (page: Page): Promise<void> => page.mouse.up();

test("the mouse carries a card to another column, where it stays", async ({ page }) => {
  const { first, second, ids } = await openBoard(page, { One: { amount: "10", currency: "EUR" } });
  const id = ids["One"];
  await carry(page, cardIn(page, first, id), columnOf(page, second));
  await expect(columnOf(page, second).locator("[data-drop-line]")).toBeVisible();
  await drop(page);
  await expect(cardIn(page, second, id)).toBeVisible();
  await expect(page.getByRole("dialog", { name: `moved to ${second.name}` })).toBeVisible();
  await page.reload();
  await expect(cardIn(page, second, id)).toBeVisible();
  await expect(cardIn(page, first, id)).toHaveCount(0);
});

test("a column's sums are those of the filter, each currency by itself", async ({ page }) => {
  const { first, second, ids } = await openBoard(page, {
    One: { amount: "41200", currency: "EUR" },
    Two: { amount: "800", currency: "EUR" },
    Three: { amount: "9000", currency: "USD" },
  });
  const sums = columnOf(page, first).locator("[data-sums]");
  await expect(sums).toContainText("€42,000");
  await expect(sums).toContainText("$9,000");
  await expect(columnOf(page, first).locator("[data-count]")).toHaveText("3");
  await expect(columnOf(page, second).locator("[data-sums]")).toHaveCount(0);
  await carry(page, cardIn(page, first, ids["Two"]), columnOf(page, second));
  await drop(page);
  await expect(columnOf(page, second).locator("[data-sums]")).toContainText("€800");
  await expect(sums).toContainText("€41,200");
  await page.reload();
  await expect(sums).toContainText("€41,200");
  await expect(columnOf(page, second).locator("[data-sums]")).toContainText("€800");

  // The list of the same filter has them for all stages together.
  await page.goto(page.url().replace("layout=board", "layout=list"));
  await expect(page.locator("[data-sums]")).toContainText("€42,000");
  await expect(page.locator("[data-sums]")).toContainText("$9,000");
});

test("a card that is refused comes back, with the reason", async ({ page }) => {
  const { first, second, ids } = await openBoard(page, { One: {} });
  const id = ids["One"];
  await carry(page, cardIn(page, first, id), columnOf(page, second));
  await page.route("**/api/crm/deals/*/move/", (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      json: { type: "about:blank", status: 409, code: "busy", detail: "Somebody else has it." },
    }),
  );
  await drop(page);
  const told = page.locator("[data-toasts]");
  await expect(told).toContainText(/was not moved.*Somebody else has it\./s);
  await expect(cardIn(page, first, id)).toBeVisible();
  await expect(cardIn(page, second, id)).toHaveCount(0);
});

test("a card dropped on Lost waits for a reason, and stays where it was without one", async ({
  page,
}) => {
  const { first, lost, ids } = await openBoard(page, { One: {} });
  const id = ids["One"];
  const dialog = page.getByRole("dialog", { name: /^Lost: / });
  await carry(page, cardIn(page, first, id), columnOf(page, lost));
  await drop(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(cardIn(page, first, id)).toBeVisible();

  await carry(page, cardIn(page, first, id), columnOf(page, lost));
  await drop(page);
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await expect(dialog.getByText("Choose a reason.")).toBeVisible();
  await dialog.getByLabel(/^Reason/).click();
  const reason = page.getByRole("option").first();
  const words = await reason.textContent();
  await reason.click();
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await expect(cardIn(page, first, id)).toHaveCount(0);
  const told = page.getByRole("dialog", { name: `moved to ${lost.name}` });
  await expect(told).toBeVisible();
  const { body } = await call(page, `/api/crm/deals/${id}/`);
  expect([body["stage"], body["lost_reason_name"]]).toEqual([lost.id, words]);
});

test("a deal that stands too long in its stage has another colour and says for how long", async ({
  page,
}) => {
  const slug = await enter(page);
  const stages = await stagesOf(page);
  const { body } = await call(page, "/api/crm/deals/?category=open&limit=200");
  const deals = body["results"] as Record<string, string>[];
  const age = (deal: Record<string, string>): number =>
    Math.floor((Date.now() - Date.parse(String(deal["stage_entered_at"]))) / DAY_MS);
  const stale = deals.find(
    (deal) => Number(deal["rot_days"]) > 0 && age(deal) > Number(deal["rot_days"]),
  );
  const stage = stages.find(({ id }) => id === stale?.["stage"]);
  if (!stale || !stage) throw new Error("the demo business has a deal that stands too long");
  const customer = String(stale["customer"]);
  const name = fresh("Young");
  const young = await make(page, "deals", { name, customer, stage: stage.id });
  await page.goto(`/${slug}/deals?layout=board&customer=${customer}`);
  const old = cardIn(page, stage, stale["id"]);
  await expect(old).toContainText(/\d+ days in this stage/);
  const fresher = cardIn(page, stage, young);
  await expect(fresher).not.toContainText("in this stage");
  const colour = (card: Locator): Promise<string> =>
    card.evaluate((node) => getComputedStyle(node).backgroundColor);
  expect(await colour(old)).not.toBe(await colour(fresher));
});
