import type { Locator } from "@playwright/test";
import { sessionOf } from "./support/artefacts";
import { cardIn, carry, columnOf, drop, openBoard } from "./support/board";
import { call } from "./support/console";
import { enter, fresh, make, stagesOf } from "./support/deals";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

const DAY_MS = 86_400_000;

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
