import type { Locator, Page } from "@playwright/test";
import { sessionOf } from "./support/artefacts";
import { expectAccessible } from "./support/look";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo"), actionTimeout: 15_000, navigationTimeout: 30_000 });

/** Type in the menu → what is entered on a record, and how it is shown. */
const TYPES: Record<string, [string, string]> = {
  Text: ["Oak", "Oak"],
  "Long text": ["First line", "First line"],
  Number: ["12.50", "12.5"],
  "Amount of money": ["1200", "1,200"],
  Date: ["2026-01-31", "31 Jan 2026"],
  "Date and time": ["2026-01-31T10:30", "31 Jan 2026, 10:30"],
  "Web address": ["https://example.com", "https://example.com"],
  "E-mail": ["mill@example.com", "mill@example.com"],
  Phone: ["+49 30 901820", "+4930901820"],
};

/** A toast is a dialog, too, but not one to fill in. */
const dialog = (page: Page): Locator =>
  page.getByRole("dialog").and(page.locator(":not([data-type])"));
const own = (page: Page): Locator => page.getByRole("region", { name: "More fields" });

async function business(page: Page): Promise<string> {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  return new URL(page.url()).pathname.split("/")[1] ?? "";
}

async function addField(page: Page, label: string, type: string, options: string[] = []) {
  await page.getByRole("button", { name: "New field" }).click();
  await dialog(page).getByLabel("Name").fill(label);
  await dialog(page).getByLabel("Type").click();
  await page.getByRole("option", { name: type, exact: true }).click();
  for (const [place, option] of options.entries()) {
    if (place > 0) await dialog(page).getByRole("button", { name: "Add option" }).click();
    await dialog(page)
      .getByLabel(`Option ${place + 1}`)
      .fill(option);
  }
  await dialog(page).getByRole("button", { name: "Add field" }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole("listitem").filter({ hasText: label })).toBeVisible();
}

test("a business adds fields of every type, fills them in, sorts and filters by them", async ({
  page,
  keep,
}) => {
  test.setTimeout(240_000);
  const slug = await business(page);
  const mark = Date.now().toString(36);
  // So that no name is a part of another's.
  const named = (type: string): string => `Our ${type} ${mark}`;
  const settings = `/${slug}/settings/fields`;

  await test.step("an admin adds them", async () => {
    await page.goto(settings);
    for (const type of Object.keys(TYPES)) await addField(page, named(type), type);
    await addField(page, named("Yes or no"), "Yes or no");
    await addField(page, named("Tier"), "One of several", ["Gold", "Tin"]);
    await addField(page, named("Uses"), "Several of many", ["Indoor", "Outdoor"]);
    await expectAccessible(page);
    await keep("fields-settings");
  });

  await test.step("their order is changed by the keyboard", async () => {
    const list = page.getByRole("list", { name: "Fields" }).getByRole("listitem");
    const last = page.getByRole("button", { name: `Move ${named("Uses")}` });
    const count = await list.count();
    await last.press("ArrowUp");
    await expect(list.nth(count - 2)).toContainText(named("Uses"));
  });

  await test.step("a label changes, what is given once does not", async () => {
    await page.getByRole("button", { name: `Edit ${named("Tier")}` }).click();
    await expect(dialog(page).getByLabel("Key")).toBeHidden();
    await dialog(page).getByLabel("Option 1").fill("Golden");
    await dialog(page).getByRole("button", { name: "Save" }).click();
    await expect(dialog(page)).toBeHidden();
  });

  await test.step("a new customer has them", async () => {
    await page.goto(`/${slug}/customers?new=1`);
    await dialog(page).getByLabel("Business name").fill(`Mill ${mark}`);
    await dialog(page).getByRole("button", { name: "More fields" }).click();
    await dialog(page).getByLabel(named("Text")).fill("Elm");
    await dialog(page).getByLabel(named("Number")).fill("a dozen");
    await dialog(page).getByRole("button", { name: "Create customer", exact: true }).click();
    await expect(dialog(page).getByText("A valid number is required.")).toBeVisible();
    await dialog(page).getByLabel(named("Number")).fill("12");
    await keep("fields-form");
    await dialog(page).getByRole("button", { name: "Create customer", exact: true }).click();
    await expect(page.getByText(`Mill ${mark} created`)).toBeVisible();
    await page.goto(`/${slug}/customers?q=${mark}`);
    const link = page.getByRole("table", { name: "Customers" }).getByRole("link");
    await page.goto((await link.getAttribute("href")) ?? "");
    await expect(own(page).getByText("Elm")).toBeVisible();
  });

  await test.step("each is edited in its place", async () => {
    for (const [type, [text, shown]] of Object.entries(TYPES)) {
      const name = named(type);
      await own(page)
        .getByRole("button", { name: new RegExp(`^(Add ${name}|${name}:)`) })
        .click();
      const editor = own(page).getByRole("group", { name });
      await editor.getByLabel(name, { exact: true }).fill(text);
      await editor.getByRole("button", { name: `Save ${name}` }).click();
      await expect(editor).toBeHidden();
      await expect(own(page).getByText(shown, { exact: type !== "Amount of money" })).toBeVisible();
    }
    await own(page)
      .getByRole("checkbox", { name: named("Yes or no") })
      .click();
    await own(page)
      .getByRole("button", { name: `Add ${named("Tier")}` })
      .click();
    await own(page)
      .getByRole("group", { name: named("Tier") })
      .getByRole("combobox")
      .click();
    await page.getByRole("option", { name: "Golden" }).click();
    await own(page)
      .getByRole("button", { name: `Save ${named("Tier")}` })
      .click();
    await expect(own(page).getByText("Golden")).toBeVisible();
    await own(page)
      .getByRole("button", { name: `Add ${named("Uses")}` })
      .click();
    await own(page).getByRole("checkbox", { name: "Outdoor" }).click();
    await own(page)
      .getByRole("button", { name: `Save ${named("Uses")}` })
      .click();
    await expect(own(page).getByText("Outdoor")).toBeVisible();
    await page.reload();
    await expect(own(page).getByText("Golden")).toBeVisible();
    await expect(own(page).getByRole("checkbox", { name: named("Yes or no") })).toBeChecked();
    await expectAccessible(page);
    await keep("fields-record");
  });

  await test.step("a refusal stands at its field, and undo takes a change back", async () => {
    const name = named("E-mail");
    await own(page)
      .getByRole("button", { name: new RegExp(`^${name}:`) })
      .click();
    const editor = own(page).getByRole("group", { name });
    await editor.getByLabel(name, { exact: true }).fill("nobody");
    await editor.getByRole("button", { name: `Save ${name}` }).click();
    await expect(editor.getByText("Enter a valid email address.")).toBeVisible();
    await editor.getByLabel(name, { exact: true }).fill("other@example.com");
    await editor.getByLabel(name, { exact: true }).press("Enter");
    await expect(own(page).getByText("other@example.com")).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).last().click();
    await expect(own(page).getByText("mill@example.com")).toBeVisible();
  });

  await test.step("the list shows, sorts and filters by them", async () => {
    const key = `custom.${named("Tier")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "_")}`;
    await page.goto(`/${slug}/customers?columns=name,${key}&ordering=-${key}`);
    const table = page.getByRole("table", { name: "Customers" });
    await expect(table.getByRole("columnheader", { name: named("Tier") })).toBeVisible();
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByText("Advanced filter").click();
    await dialog(page).getByLabel("Field", { exact: true }).click();
    await page.getByRole("option", { name: named("Tier") }).click();
    await dialog(page).getByLabel("Value", { exact: true }).click();
    await page.getByRole("option", { name: "Golden" }).click();
    await page.keyboard.press("Escape");
    await dialog(page).getByRole("button", { name: "Apply" }).click();
    await expect(table.locator("[data-row-id]")).toHaveCount(1);
    await expect(table.locator("[data-row-id]")).toContainText(`Mill ${mark}`);
    await expect(table.locator("[data-row-id]")).toContainText("Golden");
    await keep("fields-list");
  });

  await test.step("what is archived is not asked for, and comes back with its values", async () => {
    await page.goto(settings);
    const archived = page.getByRole("heading", { name: "Archived" });
    await page.getByRole("button", { name: `Archive ${named("Tier")}` }).click();
    await expect(archived).toBeVisible();
    await page.getByRole("button", { name: `Use ${named("Tier")} again` }).click();
    for (const type of [...Object.keys(TYPES), "Yes or no", "Tier", "Uses"]) {
      await page.getByRole("button", { name: `Archive ${named(type)}` }).click();
      await expect(page.getByRole("button", { name: `Use ${named(type)} again` })).toBeVisible();
    }
    await keep("fields-archived");
  });
});
