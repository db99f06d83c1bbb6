import type { Locator, Page } from "@playwright/test";
import { slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { expectAccessible } from "./support/look";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

/** In every label and value of this run. */
const MARK = Date.now().toString(36);
const named = (name: string): string => `${name} ${MARK}`;
const FIELDS = "/api/crm/custom-fields/";

/** Type → what is entered on a record, and how it is shown. */
const TYPES: Record<string, [string, RegExp]> = {
  long_text: ["First line", /First line/],
  money: ["1200", /1,200/],
  date: ["2026-01-31", /31 Jan 2026/],
  url: ["https://example.com", /https:\/\/example\.com/],
  email: ["mill@example.com", /mill@example\.com/],
  phone: ["+49 30 901820", /\+4930901820/],
};

const own = (page: Page): Locator => page.getByRole("region", { name: "More fields" });

interface OwnField {
  id: string;
  key: string;
  label: string;
}

/** The fields that this run has made. */
async function made(page: Page): Promise<OwnField[]> {
  const { body } = await call(page, `${FIELDS}?limit=200`);
  return (body["results"] as OwnField[]).filter(({ label }) => label.endsWith(MARK));
}

/** Adds a field in the settings that are open. */
async function addField(page: Page, label: string, type: string, options: string[]): Promise<void> {
  await page.getByRole("button", { name: "New field" }).click();
  const dialog = page.getByRole("dialog", { name: "New field" });
  await dialog.getByLabel(/^Name/).fill(label);
  await dialog.getByLabel("Type", { exact: true }).click();
  await page.getByRole("option", { name: type, exact: true }).click();
  for (const [place, option] of options.entries()) {
    if (place > 0) await dialog.getByRole("button", { name: "Add option" }).click();
    await dialog.getByLabel(`Option ${place + 1}`, { exact: true }).fill(option);
  }
  await dialog.getByRole("button", { name: "Add field" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("list", { name: "Fields" }).getByText(label)).toBeVisible();
}

test("a business adds fields of its own, fills them in, finds by them and loses nothing", async ({
  page,
  keep,
}) => {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  const slug = slugOf(page);
  const settings = `/${slug}/settings/fields`;
  const table = page.getByRole("table", { name: "Customers" });
  const rows = table.locator("[data-row-id]");

  await test.step("an admin adds them", async () => {
    await call(page, "/api/auth/csrf/");
    for (const type of [...Object.keys(TYPES), "number", "bool"]) {
      const body = { entity: "customer", key: `${type}_${MARK}`, label: named(type), type };
      expect((await call(page, FIELDS, { method: "POST", body })).status).toBe(201);
    }
    await page.goto(settings);
    await addField(page, named("Shoe"), "Text", []);
    await addField(page, named("Tier"), "One of several", ["Gold", "Tin"]);
    await expectAccessible(page);
    await keep("fields-settings");
  });

  await test.step("a new customer has them, and a bad value is told at its field", async () => {
    await page.goto(`/${slug}/customers?new=1`);
    const form = page.getByRole("dialog", { name: "New customer" });
    await form.getByLabel("Business name").fill(named("Mill"));
    await form.getByRole("button", { name: "More fields" }).click();
    await form.getByLabel(named("Shoe"), { exact: true }).fill(`Elm${MARK}`);
    const number = form.getByLabel(named("number"), { exact: true });
    await number.fill("a dozen");
    await form.getByRole("button", { name: "Create customer", exact: true }).click();
    await expect(form.getByText("A valid number is required.")).toBeVisible();
    await number.fill("12");
    await keep("fields-form");
    await form.getByRole("button", { name: "Create customer", exact: true }).click();
    await expect(page).toHaveURL(/open=/);
  });

  await test.step("what is in them is searched, and each is edited in its place", async () => {
    await page.goto(`/${slug}/customers?q=elm${MARK}`);
    await expect(rows).toHaveCount(1);
    await page.goto((await rows.getByRole("link").first().getAttribute("href")) ?? "");
    await expect(own(page).getByText(`Elm${MARK}`)).toBeVisible();
    for (const [type, [text, shown]] of Object.entries(TYPES)) {
      const name = named(type);
      await own(page)
        .getByRole("button", { name: `Add ${name}` })
        .click();
      const editor = own(page).getByRole("group", { name });
      await editor.getByLabel(name, { exact: true }).fill(text);
      await editor.getByRole("button", { name: `Save ${name}` }).click();
      await expect(own(page).getByRole("button", { name: `${name}:` })).toContainText(shown);
    }
    await own(page)
      .getByRole("checkbox", { name: named("bool") })
      .click();
    await own(page)
      .getByRole("button", { name: `Add ${named("Tier")}` })
      .click();
    await own(page)
      .getByRole("group", { name: named("Tier") })
      .getByRole("combobox")
      .click();
    await page.getByRole("option", { name: "Gold" }).click();
    await own(page)
      .getByRole("button", { name: `Save ${named("Tier")}` })
      .click();
    await expect(own(page).getByText("Gold")).toBeVisible();
    await page.reload();
    await expect(own(page).getByText("Gold")).toBeVisible();
    await expect(own(page).getByRole("checkbox", { name: named("bool") })).toBeChecked();
    await expectAccessible(page);
    await keep("fields-record");
  });

  await test.step("in its place, too, a bad value is told at its field", async () => {
    const name = named("email");
    await own(page)
      .getByRole("button", { name: `${name}:` })
      .click();
    const editor = own(page).getByRole("group", { name });
    await editor.getByLabel(name, { exact: true }).fill("nobody");
    await editor.getByLabel(name, { exact: true }).press("Enter");
    await expect(editor.getByText("Enter a valid email address.")).toBeVisible();
    await editor.getByLabel(name, { exact: true }).press("Escape");
    await expect(own(page).getByText("mill@example.com")).toBeVisible();
  });

  await test.step("the list shows them, is sorted and filtered by them", async () => {
    const fields = await made(page);
    const key = `custom.${fields.find(({ label }) => label === named("Tier"))?.key}`;
    await page.goto(`/${slug}/customers?columns=name,${key}`);
    await table
      .getByRole("columnheader", { name: named("Tier") })
      .getByRole("button")
      .first()
      .click();
    await expect(page).toHaveURL(new RegExp(`ordering=${key}`));
    // Whoever has no value comes last.
    await expect(rows.first()).toContainText("Gold");
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("button", { name: "Advanced filter" }).click();
    const builder = page.getByRole("dialog", { name: "Filter by conditions" });
    await builder.getByLabel("Field", { exact: true }).click();
    await page.getByRole("option", { name: named("Tier") }).click();
    await builder.getByRole("button", { name: "Choose" }).click();
    await page.getByRole("checkbox", { name: "Gold" }).click();
    await builder.getByRole("button", { name: "Apply" }).click();
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(named("Mill"));
    await keep("fields-list");
  });

  await test.step("what is archived is not asked for, and comes back with its values", async () => {
    const record = (await rows.getByRole("link").first().getAttribute("href")) ?? "";
    const tier = own(page).getByText(named("Tier"), { exact: true });
    await page.goto(settings);
    await page.getByRole("button", { name: `Archive ${named("Tier")}` }).click();
    await expect(page.getByRole("heading", { name: "Archived", exact: true })).toBeVisible();
    await keep("fields-archived");
    await page.goto(record);
    await expect(own(page).getByText(`Elm${MARK}`)).toBeVisible();
    await expect(tier).toHaveCount(0);
    await page.goto(settings);
    await page.getByRole("button", { name: `Use ${named("Tier")} again` }).click();
    await expect(page.getByRole("button", { name: `Archive ${named("Tier")}` })).toBeVisible();
    await page.goto(record);
    await expect(own(page).getByText("Gold")).toBeVisible();
  });

  // The forms of the business are as they were for whoever comes next.
  for (const { id } of await made(page)) {
    const headers = { "If-Match": "*" };
    const body = { is_archived: true };
    const { status } = await call(page, `${FIELDS}${id}/`, { method: "PATCH", headers, body });
    expect(status).toBe(200);
  }
});
