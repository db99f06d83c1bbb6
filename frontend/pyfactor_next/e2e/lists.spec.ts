import type { Locator, Page } from "@playwright/test";
import { sessionOf } from "./support/artefacts";
import { enter, fresh, make, type Stage, stagesOf, undo } from "./support/deals";
import { expectAccessible, expectNoSidewaysScroll, inBothThemes } from "./support/look";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

async function choose(page: Page, scope: Locator, label: string, option: string): Promise<void> {
  await scope.getByLabel(label, { exact: true }).last().click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

const rowsOf = (page: Page, list: string): Locator =>
  page.getByRole("table", { name: list }).locator("[data-row-id]");

test("a deal is carried by keyboard, lost with a reason, and both are taken back", async ({
  page,
  keep,
}) => {
  const slug = await enter(page);
  const stages = await stagesOf(page);
  const [first, second] = stages;
  const lost = stages.find(({ category }) => category === "lost");
  if (!first || !second || !lost) throw new Error("the demo business has a pipeline");
  const name = fresh("Kiln");
  const customer = await make(page, "customers", {
    kind: "business",
    business_name: fresh("Pot Shop"),
  });
  const id = await make(page, "deals", { name, customer, amount: "1200", currency: "EUR" });
  const only = `q=${encodeURIComponent(name)}`;
  const cardIn = (stage: Stage): Locator =>
    page.locator(`[data-column="${stage.id}"] [data-card="${id}"]`);

  await test.step("Space lifts the card, an arrow carries it, Space drops it", async () => {
    await page.goto(`/${slug}/deals?layout=board&${only}`);
    await expect(cardIn(first)).toBeVisible();
    await cardIn(first).getByRole("link").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await expect(cardIn(second)).toBeVisible();
    // At once: the toast does not stay.
    await undo(page, `${name} moved to ${second.name}`);
    await expect(cardIn(first)).toBeVisible();
    await inBothThemes(page, async (theme) => {
      await expectAccessible(page);
      await keep(`deals-board-${theme}`);
    });
  });

  await test.step("nothing is lost without a reason", async () => {
    await page.goto(`/${slug}/deals/${id}`);
    const path = page.getByRole("navigation", { name: "Stage" });
    await path.getByRole("button", { name: lost.name, exact: true }).click();
    const dialog = page.getByRole("dialog", { name: `Lost: ${name}` });
    await dialog.getByRole("button", { name: "Mark as lost" }).click();
    await expect(dialog.getByText("Choose a reason.")).toBeVisible();
    await dialog.getByLabel(/^Reason/).click();
    await page.getByRole("option").first().click();
    await dialog.getByRole("button", { name: "Mark as lost" }).click();
    await expect(path.locator("[aria-current=step]")).toHaveText(lost.name);
    await undo(page, `${name} moved to ${lost.name}`);
    await expect(path.locator("[aria-current=step]")).toHaveText(first.name);
  });

  await test.step("the list has it, and a cell is edited in its place", async () => {
    await page.goto(`/${slug}/deals?layout=list&columns=name,source,stage&${only}`);
    const rows = rowsOf(page, "Deals");
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(first.name);
    await rows.locator("[data-column=source]").click();
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: `Source: ${name}` }).fill("Fair");
    await page.keyboard.press("Enter");
    await expect(rows).toContainText("Fair");
    await inBothThemes(page, async (theme) => {
      await expectAccessible(page);
      await keep(`deals-list-${theme}`);
    });
  });
});

test("contacts are found by conditions in groups, changed at once and brought back", async ({
  page,
  keep,
}) => {
  const slug = await enter(page);
  const family = fresh("Quist");
  for (const [first_name, job_title] of [
    ["Ada", "Printer"],
    ["Bo", "Binder"],
    ["Cleo", ""],
  ]) {
    await make(page, "contacts", { first_name, last_name: family, job_title });
  }
  await page.goto(`/${slug}/contacts?ordering=name&q=${encodeURIComponent(family)}`);
  const rows = rowsOf(page, "Contacts");
  await expect(rows).toHaveCount(3);
  const jobs = () => rows.locator("[data-column=job_title]").allTextContents();

  await test.step("one condition, then a second one", async () => {
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("button", { name: "Advanced filter" }).click();
    const builder = page.getByRole("dialog", { name: "Filter by conditions" });
    await builder.getByLabel("Value", { exact: true }).fill("ada");
    await builder.getByRole("button", { name: "Add condition" }).click();
    await choose(page, builder, "Field", "Job title");
    await builder.getByLabel("Value", { exact: true }).last().fill("binder");
    await builder.getByLabel("All or any of them").click();
    await page.getByRole("option", { name: "or", exact: true }).click();
    await expectAccessible(page);
    await keep("contacts-builder");
    await builder.getByRole("button", { name: "Apply" }).click();
    await expect(rows).toHaveCount(2);
    await expect(page.getByRole("button", { name: "2 conditions" })).toBeVisible();
  });

  await test.step("all that are found are edited as one change", async () => {
    await page.getByRole("checkbox", { name: /^Select all/ }).click();
    const bar = page.getByRole("region", { name: "Selected records" });
    await bar.getByRole("button", { name: "Edit" }).click();
    const dialog = page.getByRole("dialog", { name: "Edit 2 records" });
    await dialog.getByLabel("New value").fill("Buyer");
    await dialog.getByRole("button", { name: "Change 2 records" }).click();
    await expect(page.getByText("2 records changed")).toBeVisible();
    // What was a binder is one no more, and so is not found.
    await expect.poll(jobs).toEqual(["Buyer"]);
    await undo(page, "2 records changed");
    await expect.poll(jobs).toEqual(["Printer", "Binder"]);
  });

  await test.step("they go to the trash and come back", async () => {
    // What was changed stays selected.
    const bar = page.getByRole("region", { name: "Selected records" });
    await expect(bar.getByText("2 selected")).toBeVisible();
    await bar.getByRole("button", { name: "Delete", exact: true }).click();
    await expect(page.getByText("2 records deleted")).toBeVisible();
    await expect(page.getByText(/^Nothing matches/)).toBeVisible();
    await undo(page, "2 records deleted");
    await expect(rows).toHaveCount(2);
  });

  await test.step("a phone has room for them", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(page.getByRole("list", { name: "Contacts" })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await keep("contacts-phone");
  });
});

test("a column keeps the width it was dragged to", async ({ page }) => {
  const slug = await enter(page);
  await page.goto(`/${slug}/customers`);
  const column = page.getByRole("columnheader").filter({ hasText: /^Number/ });
  const width = async (): Promise<number> => Math.round((await column.boundingBox())?.width ?? 0);
  await expect(column).toBeVisible();
  const before = await width();
  const edge = await column.getByRole("separator").boundingBox();
  if (!edge) throw new Error("a column has an edge");
  await page.mouse.move(edge.x + 4, edge.y + edge.height / 2);
  await page.mouse.down();
  await page.mouse.move(edge.x + 94, edge.y + edge.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect.poll(width).toBe(before + 90);
  await page.reload();
  await expect.poll(width).toBe(before + 90);
});
