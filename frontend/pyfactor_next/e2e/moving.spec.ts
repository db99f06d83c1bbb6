import type { Page } from "@playwright/test";
import { slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { check, choose, tab } from "./support/files";
import { expectAccessible, expectNoSidewaysScroll } from "./support/look";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

const csv = (name: string, lines: string[]) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(`${lines.join("\n")}\n`),
});

/** A customer whose name no other has, and the business's address. */
async function begin(page: Page): Promise<{ slug: string; customer: string }> {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  const list = await page.request.get("/api/crm/customers/?limit=50&kind=business");
  const names: string[] = (await list.json()).results.map(
    (one: { display_name: string }) => one.display_name,
  );
  const customer = names.find(
    (name) => !name.includes(",") && names.indexOf(name) === names.lastIndexOf(name),
  );
  expect(customer).toBeTruthy();
  return { slug: slugOf(page), customer: customer ?? "" };
}

async function revert(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Revert import" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revert import" }).click();
  await expect(page.getByRole("heading", { name: "The import is taken back" })).toBeVisible();
}

async function found(page: Page, path: string): Promise<Record<string, unknown>[]> {
  return (await (await page.request.get(path)).json()).results;
}

test("contacts come in with the customer they stand for, and go again", async ({ page, keep }) => {
  test.setTimeout(480_000);
  const { slug, customer } = await begin(page);
  await page.goto(`/${slug}/imports/new`);
  await choose(
    page,
    csv("people.csv", [
      "First name,Last name,Job title,Customer,E-mail",
      `Moving,Quillfeather,Buyer,${customer},moving.quillfeather@example.com`,
      "Moving,Otterby,Buyer,Nobody of that name,moving.otterby@example.com",
    ]),
  );
  // Nothing in the headers says that these are people: she says it.
  await page.getByRole("combobox", { name: "Each row is" }).click();
  await page.getByRole("option", { name: "A contact" }).click();
  await expect(page.getByText("Their customers must be here already")).toBeVisible();
  await expectAccessible(page);
  await keep("import-contacts-file");
  await check(page);
  await expect(tab(page, "New", 1)).toBeVisible();
  await tab(page, "Needs attention", 1).click();
  await expect(
    page.getByText("There is no customer called 'Nobody of that name'.").first(),
  ).toBeVisible();
  await keep("import-contacts-review");

  await page.getByText("Moving Otterby").first().click();
  const row = page.getByRole("complementary", { name: "Line 3" });
  await row.getByRole("textbox", { name: "Cell 4, Customer" }).fill(customer);
  await row.getByRole("button", { name: "Save and check" }).click();
  await expect(tab(page, "New", 2)).toBeVisible();
  await page.getByRole("button", { name: "Add 2 contacts" }).click();
  await expect(page.getByRole("heading", { name: "Your contacts are in" })).toBeVisible();
  await keep("import-contacts-result");

  const people = await found(page, "/api/crm/contacts/?q=quillfeather");
  expect(people).toMatchObject([{ job_title: "Buyer", email: "moving.quillfeather@example.com" }]);
  const places = await found(page, `/api/crm/customer-contacts/?contact=${people[0]?.["id"]}`);
  expect(places).toHaveLength(1);

  await revert(page);
  expect(await found(page, "/api/crm/contacts/?q=quillfeather")).toEqual([]);
});

test("deals come in to their customer and stage, and go again", async ({ page, keep }) => {
  test.setTimeout(480_000);
  const { slug, customer } = await begin(page);
  await page.goto(`/${slug}/imports/new`);
  await choose(
    page,
    csv("deals.csv", [
      "Deal name,Customer,Stage,Amount,Currency,Close date",
      `Quill oven,${customer},Proposal,"1,200.50",EUR,2027-03-01`,
      `Quill lamp,${customer},Closed won,80,EUR,2026-03-01`,
      `Quill shelf,${customer},Somewhere,80,EUR,2026-03-01`,
    ]),
  );
  await expect(page.getByRole("combobox", { name: "Each row is" })).toContainText("A deal");
  await check(page);
  await expect(tab(page, "New", 2)).toBeVisible();
  await tab(page, "Needs attention", 1).click();
  await expect(page.getByText(/There is no stage called 'Somewhere'/).first()).toBeVisible();
  await tab(page, "New", 2).click();
  await expect(page.getByRole("table").locator("[data-row-id]").first()).toContainText(customer);
  await expectAccessible(page);
  await keep("import-deals-review");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await keep("import-deals-review-phone");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "Add 2 deals" }).click();
  await expect(page.getByRole("heading", { name: "Your deals are in" })).toBeVisible();

  const deals = await found(page, "/api/crm/deals/?q=quill&ordering=name");
  expect(deals.map(({ name, category, amount }) => [name, category, Number(amount)])).toEqual([
    ["Quill lamp", "won", 80],
    ["Quill oven", "open", 1200.5],
  ]);
  await revert(page);
  expect(await found(page, "/api/crm/deals/?q=quill")).toEqual([]);
});

test("an export tells its rows and its sum, and is listed with them", async ({ page, keep }) => {
  const { slug } = await begin(page);
  await page.goto(`/${slug}/customers`);
  const count = (
    await (await page.request.get("/api/crm/customers/?limit=1&fields=id&count=exact")).json()
  ).count;
  await page.getByRole("button", { name: "More", exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /CSV/ }).click();
  const stream = await (await download).createReadStream();
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  for await (const block of stream) hash.update(block);
  const sum = hash.digest("hex");
  await expect(page.getByText(`SHA-256 ${sum}`)).toBeVisible();
  await expect(page.getByText(`${count} rows exported`)).toBeVisible();
  await keep("export-told");

  await page.goto(`/${slug}/settings/exports`);
  await expect(page.getByText(`SHA-256 ${sum}`)).toBeVisible();
  await expectAccessible(page);
  await keep("settings-exports");
});
