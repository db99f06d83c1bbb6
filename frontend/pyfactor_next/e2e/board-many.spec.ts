import type { Locator, Page } from "@playwright/test";
import { sessionOf } from "./support/artefacts";
import { type Board, cardIn, carry, columnOf, drop, openBoard } from "./support/board";
import { call } from "./support/console";
import { undo } from "./support/deals";
import { expectAccessible } from "./support/look";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

const NAMES = ["One", "Two", "Three", "Four", "Five"];

/** Five deals in the first column, One on top, and one in the second. */
async function openMany(page: Page): Promise<Board> {
  const amount = { amount: "100", currency: "EUR" };
  const opened = await openBoard(page, {
    // A new deal lies on top.
    ...Object.fromEntries([...NAMES].reverse().map((name) => [name, amount])),
    There: {},
  });
  const id = opened.ids["There"];
  const { status } = await call(page, `/api/crm/deals/${id}/move/`, {
    method: "POST",
    body: { stage: opened.second.id },
    headers: { "If-Match": "*" },
  });
  expect(status).toBe(200);
  await page.reload();
  await expect(cardIn(page, opened.second, id)).toBeVisible();
  return opened;
}

/** The names of a column's cards, from the top, without the word that they share. */
async function names(column: Locator): Promise<string[]> {
  const links = await column.locator("[data-card] a").allTextContents();
  return links.map((text) => text.split(" ").at(-1) ?? "");
}

const named = (page: Page, { first, ids }: Board, name: string): Locator =>
  cardIn(page, first, ids[name]);

/** Selects cards by Ctrl and a click, in an order that is not theirs. */
async function select(page: Page, board: Board, ...chosen: string[]): Promise<void> {
  for (const name of chosen) {
    await named(page, board, name).click({ modifiers: ["ControlOrMeta"] });
  }
  await expect(bar(page)).toContainText(`${chosen.length} selected`);
}

const bar = (page: Page): Locator => page.getByRole("region", { name: "Selected records" });

test("cards are selected by click, by range and by key, and forgotten by Escape", async ({
  page,
}) => {
  const board = await openMany(page);
  const selected = columnOf(page, board.first).locator("[data-selected]");
  await named(page, board, "Two").click({ modifiers: ["ControlOrMeta"] });
  await expect(bar(page)).toContainText("1 selected");
  await named(page, board, "Four").click({ modifiers: ["Shift"] });
  await expect(bar(page)).toContainText("3 selected");
  await expect(selected).toHaveCount(3);
  await named(page, board, "Three").click({ modifiers: ["ControlOrMeta"] });
  await expect(selected).toHaveCount(2);
  await expect(named(page, board, "Two").getByRole("link")).toHaveAccessibleDescription(
    /^Selected\. Space lifts/,
  );
  await expect(named(page, board, "Three").getByRole("link")).toHaveAccessibleDescription(
    /^Space lifts/,
  );
  await expectAccessible(page);
  // A click with a key opens nothing, here or in another tab.
  expect(page.context().pages()).toHaveLength(1);
  expect(page.url()).toContain("layout=board");

  await named(page, board, "Three").getByRole("link").focus();
  await page.keyboard.press("x");
  await expect(selected).toHaveCount(3);
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  for (const does of [
    "Go from card to card",
    "Select the card",
    "Lift the card, or all selected",
  ]) {
    await expect(help.getByText(does)).toBeVisible();
  }
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await expect(selected).toHaveCount(3);
  await page.keyboard.press("Escape");
  await expect(selected).toHaveCount(0);
  await expect(bar(page)).toHaveCount(0);
});

test("the mouse carries all that are selected, and one undo brings all back", async ({ page }) => {
  const board = await openMany(page);
  const { first, second, ids } = board;
  const [from, to] = [columnOf(page, first), columnOf(page, second)];
  await select(page, board, "Four", "One", "Three");
  await carry(page, named(page, board, "Three"), to);
  await expect(page.locator("[data-dragged]")).toHaveText("3");
  await expect(to.locator("[data-drop-line]")).toBeVisible();

  // Escape puts them back and keeps them selected.
  await page.keyboard.press("Escape");
  await expect(page.locator("[data-dragged]")).toHaveCount(0);
  await drop(page);
  expect(await names(from)).toEqual(NAMES);
  await expect(bar(page)).toContainText("3 selected");

  await carry(page, named(page, board, "Three"), to);
  await drop(page);
  await expect(cardIn(page, second, ids["Four"])).toBeVisible();
  expect(await names(to)).toEqual(["There", "One", "Three", "Four"]);
  expect(await names(from)).toEqual(["Two", "Five"]);
  await expect(to.locator("[data-count]")).toHaveText("4");
  await expect(to.locator("[data-sums]")).toContainText("€300");
  await expect(from.locator("[data-sums]")).toContainText("€200");
  const told = `3 deals moved to ${second.name}`;
  await expect(page.getByRole("dialog", { name: told })).toBeVisible();

  await undo(page, told);
  await expect.poll(() => names(from)).toEqual(NAMES);
  await expect.poll(() => names(to)).toEqual(["There"]);

  await page.reload();
  await expect.poll(() => names(from)).toEqual(NAMES);
  await select(page, board, "Five", "Two");
  await carry(page, named(page, board, "Two"), to);
  await drop(page);
  await expect(cardIn(page, second, ids["Five"])).toBeVisible();
  await expect(page.getByRole("dialog", { name: `2 deals moved to ${second.name}` })).toBeVisible();
  await page.reload();
  await expect(cardIn(page, second, ids["Five"])).toBeVisible();
  expect(await names(to)).toEqual(["There", "Two", "Five"]);
  expect(await names(from)).toEqual(["One", "Three", "Four"]);
});

test("a card that is not selected moves alone", async ({ page }) => {
  const board = await openMany(page);
  const { first, second, ids } = board;
  await select(page, board, "One", "Three");
  await carry(page, named(page, board, "Two"), columnOf(page, second));
  await expect(page.locator("[data-dragged]")).toHaveCount(0);
  await drop(page);
  await expect(cardIn(page, second, ids["Two"])).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
  expect(await names(columnOf(page, first))).toEqual(["One", "Three", "Four", "Five"]);
});

test("without a mouse: selected, lifted together, carried, dropped, taken back", async ({
  page,
}) => {
  const board = await openMany(page);
  const { first, second, ids } = board;
  const [from, to] = [columnOf(page, first), columnOf(page, second)];
  const said = page.locator("p[aria-live=assertive]");
  await named(page, board, "Two").getByRole("link").focus();
  await page.keyboard.press("x");
  await expect(said).toHaveText(/Two selected\.$/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("x");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("x");
  await expect(bar(page)).toContainText("3 selected");
  await page.keyboard.press(" ");
  await expect(said).toHaveText(`3 deals lifted in ${first.name}, place 2.`);
  await page.keyboard.press("Escape");
  await expect(said).toHaveText("3 deals are back where they were.");
  await expect(bar(page)).toContainText("3 selected");

  await page.keyboard.press(" ");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  await expect(said).toHaveText(`${second.name}, place 1.`);
  await page.keyboard.press(" ");
  await expect(said).toHaveText(`3 deals dropped in ${second.name}, place 1.`);
  await expect(cardIn(page, second, ids["Four"]).getByRole("link")).toBeFocused();
  expect(await names(to)).toEqual(["Two", "Three", "Four", "There"]);
  await expect(page.getByRole("dialog", { name: `3 deals moved to ${second.name}` })).toBeVisible();

  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => names(from)).toEqual(NAMES);
  await expect.poll(() => names(to)).toEqual(["There"]);
});

test("a move that is refused brings all of them back, with the reason", async ({ page }) => {
  const board = await openMany(page);
  const { first, second, ids } = board;
  await select(page, board, "One", "Two", "Three");
  // Somebody else has changed one of them, and this page has not heard of it.
  await page.route("**/api/crm/deals/move/", (route) => {
    const body = route.request().postDataJSON() as { versions: number[] };
    return route.continue({ postData: { ...body, versions: body.versions.map((n) => n + 7) } });
  });
  await carry(page, named(page, board, "One"), columnOf(page, second));
  await drop(page);
  await expect(page.locator("[data-toasts]")).toContainText(
    /3 deals were not moved.*changed in the meantime.*None was moved/s,
  );
  expect(await names(columnOf(page, first))).toEqual(NAMES);
  await expect(cardIn(page, second, ids["One"])).toHaveCount(0);
  await page.unroute("**/api/crm/deals/move/");
  await page.reload();
  await expect(named(page, board, "One")).toBeVisible();
  expect(await names(columnOf(page, first))).toEqual(NAMES);
});

test("what is lost asks for the reason once for all of them", async ({ page }) => {
  const board = await openMany(page);
  const { first, lost, ids } = board;
  const dialog = page.getByRole("dialog", { name: "Lost: 2 deals" });
  await select(page, board, "Two", "Four");
  await carry(page, named(page, board, "Four"), columnOf(page, lost));
  await drop(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(await names(columnOf(page, first))).toEqual(NAMES);

  await carry(page, named(page, board, "Four"), columnOf(page, lost));
  await drop(page);
  await dialog.getByLabel(/^Reason/).click();
  const reason = page.getByRole("option").first();
  const words = await reason.textContent();
  await reason.click();
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await expect(page.getByRole("dialog", { name: `2 deals moved to ${lost.name}` })).toBeVisible();
  for (const name of ["Two", "Four"]) {
    const { body } = await call(page, `/api/crm/deals/${ids[name]}/`);
    expect([body["stage"], body["lost_reason_name"]]).toEqual([lost.id, words]);
  }
});
