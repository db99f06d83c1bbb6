import type { Locator, Page } from "@playwright/test";
import { slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { expectAccessible, expectNoSidewaysScroll, inBothThemes } from "./support/look";
import { expect, test } from "./support/test";

const PHONE = { width: 390, height: 844 };

test.use({ storageState: sessionOf("demo") });

/** Text that no other run has used. */
function fresh(name: string): string {
  return `${name} ${Date.now().toString(36)}`;
}

async function makeCustomer(page: Page, name: string): Promise<string> {
  const { status, body } = await call(page, "/api/crm/customers/", {
    method: "POST",
    body: { kind: "business", business_name: name },
  });
  expect(status).toBe(201);
  return String(body["id"]);
}

async function enter(page: Page): Promise<string> {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  await call(page, "/api/auth/csrf/");
  return slugOf(page);
}

/** Takes back what the toast with this title tells of. */
async function undo(page: Page, title: string): Promise<void> {
  await page
    .getByRole("dialog", { name: title })
    .getByRole("button", { name: "Undo", exact: true })
    .click();
}

test("a contact is added to a customer, made the primary one, unlinked and brought back", async ({
  page,
  keep,
}) => {
  const slug = await enter(page);
  const firm = fresh("Lock Works");
  const id = await makeCustomer(page, firm);
  await page.goto(`/${slug}/customers/${id}?tab=contacts`);
  const list = page.getByRole("list", { name: `Contacts of ${firm}` });
  const row = (name: string): Locator => list.getByRole("listitem").filter({ hasText: name });

  await test.step("adds the first one, who is the primary one", async () => {
    await expect(page.getByText("No contacts yet")).toBeVisible();
    await page.getByRole("button", { name: "New contact" }).click();
    const dialog = page.getByRole("dialog", { name: `New contact of ${firm}` });
    await dialog.getByLabel("First name").fill("Ida");
    await dialog.getByLabel("Last name").fill("Lund");
    await dialog.getByLabel("Phone").fill("+45 33 12 34 56");
    await expect(
      dialog.getByRole("checkbox", { name: "Primary contact of this customer" }),
    ).toBeChecked();
    await expectAccessible(page);
    await keep("contact-new");
    await dialog.getByLabel("Phone").press("Enter");
    await expect(page.getByText("Ida Lund created")).toBeVisible();
    await expect(row("Ida Lund").getByText("Primary", { exact: true })).toBeVisible();
    await expect(row("Ida Lund").getByRole("link", { name: "+45 331 234 56" })).toHaveAttribute(
      "href",
      "tel:+4533123456",
    );
  });

  await test.step("links one that is there already and makes her the primary one", async () => {
    const { status } = await call(page, "/api/crm/contacts/", {
      method: "POST",
      body: { first_name: "Berit", last_name: firm },
    });
    expect(status).toBe(201);
    await page.getByRole("button", { name: "Link contact" }).click();
    const dialog = page.getByRole("dialog", { name: `Link a contact to ${firm}` });
    await dialog.getByRole("combobox", { name: /^Contact/ }).fill(`berit ${firm}`);
    await page.getByRole("option", { name: `Berit ${firm}` }).click();
    await dialog.getByRole("button", { name: "Link", exact: true }).click();
    await expect(page.getByText(`Berit ${firm} linked`)).toBeVisible();
    await page.getByRole("button", { name: `Actions for Berit ${firm}` }).click();
    await page.getByRole("menuitem", { name: "Make primary" }).click();
    await expect(list.getByRole("listitem").first()).toContainText(`Berit ${firm}`);
    await expect(row("Ida Lund").getByText("Primary", { exact: true })).toHaveCount(0);
    await inBothThemes(page, async (theme) => {
      await expectAccessible(page);
      await keep(`customer-contacts-${theme}`);
    });
    await undo(page, `Berit ${firm} is the primary contact`);
    await expect(row("Ida Lund").getByText("Primary", { exact: true })).toBeVisible();
  });

  await test.step("unlinks by keyboard, and Undo brings the link back with its role", async () => {
    const actions = page.getByRole("button", { name: "Actions for Ida Lund" });
    await actions.click();
    await page.getByRole("menuitemradio", { name: "Billing" }).click();
    await expect(row("Ida Lund").getByText("Billing")).toBeVisible();
    await page.keyboard.press("Escape");
    await actions.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Unlink" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Ida Lund unlinked")).toBeVisible();
    await expect(row("Ida Lund")).toHaveCount(0);
    await undo(page, "Ida Lund unlinked");
    await expect(row("Ida Lund").getByText("Billing")).toBeVisible();
  });

  await test.step("a phone has room for it", async () => {
    await page.setViewportSize(PHONE);
    await expect(row("Ida Lund")).toBeVisible();
    await expectNoSidewaysScroll(page);
    await keep("customer-contacts-phone");
  });
});

test("a contact has a page: found by the palette, edited in place, and it says whom it stands for", async ({
  page,
  keep,
}) => {
  const slug = await enter(page);
  const name = fresh("Quill");
  const firm = fresh("Ink House");
  const id = await makeCustomer(page, firm);
  await page.goto(`/${slug}/contacts`);
  await expect(page.getByRole("table", { name: "Contacts" })).toBeVisible();
  await inBothThemes(page, async (theme) => {
    await expectAccessible(page);
    await keep(`contacts-${theme}`);
  });

  await test.step("is created from the list", async () => {
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog", { name: "New contact" });
    await dialog.getByLabel("First name").fill("Odd");
    await dialog.getByLabel("Last name").fill(name);
    await dialog.getByRole("combobox", { name: "Customer" }).fill(firm);
    await page.getByRole("option", { name: new RegExp(firm) }).click();
    await dialog.getByRole("button", { name: "Create contact" }).click();
    await expect(page.getByRole("heading", { level: 1, name: `Odd ${name}` })).toBeVisible();
  });

  await test.step("shows and changes what is known", async () => {
    await page.getByRole("button", { name: /^Job title/ }).click();
    await page.getByRole("textbox", { name: "Job title" }).fill("Printer");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Job title saved")).toBeVisible();
    await page.getByRole("tab", { name: "Customers" }).click();
    const customers = page.getByRole("list", { name: `Customers of Odd ${name}` });
    await expect(customers.getByRole("link", { name: firm })).toHaveAttribute(
      "href",
      `/${slug}/customers/${id}`,
    );
    await inBothThemes(page, async (theme) => {
      await expectAccessible(page);
      await keep(`contact-${theme}`);
    });
  });

  await test.step("is in the list with its customer, and found by the palette", async () => {
    await page.goto(`/${slug}/contacts?q=${encodeURIComponent(name)}`);
    const row = page.getByRole("table", { name: "Contacts" }).locator("[data-row-id]");
    await expect(row).toHaveCount(1);
    await expect(row).toContainText("Printer");
    await expect(row).toContainText(firm);
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox", { name: "Command palette" }).fill(name);
    await page.getByRole("option", { name: new RegExp(`Odd ${name}`) }).click();
    await expect(page).toHaveURL(new RegExp(`/${slug}/contacts/[0-9a-f-]{36}$`));
  });

  await test.step("goes to the trash and comes back", async () => {
    await page.getByRole("button", { name: "Delete contact" }).click();
    await expect(page.getByText(`Odd ${name} deleted`)).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/${slug}/contacts$`));
    await undo(page, `Odd ${name} deleted`);
    await page.goto(`/${slug}/contacts?q=${encodeURIComponent(name)}`);
    await expect(page.locator("[data-row-id]")).toHaveCount(1);
  });
});

test("a customer is tagged and found by its tag, and many are tagged at once", async ({
  page,
  keep,
}) => {
  const slug = await enter(page);
  const tag = fresh("fair");
  const names = ["One", "Two", "Three"].map((name) => fresh(name));
  const ids: string[] = [];
  for (const name of names) ids.push(await makeCustomer(page, name));
  const rows = page.getByRole("table", { name: "Customers" }).locator("[data-row-id]");

  await test.step("a new tag on one customer, by keyboard", async () => {
    await page.goto(`/${slug}/customers/${ids[0]}`);
    await expect(page.getByRole("button", { name: "Add tag" })).toBeVisible();
    const picker = page.getByRole("textbox", { name: "Find or create a tag" });
    // The key comes with the tags' code.
    await expect(async () => {
      await page.keyboard.press("l");
      await expect(picker).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await picker.fill(tag);
    await expectAccessible(page);
    await keep("tag-picker");
    await picker.press("Enter");
    await expect(page.getByRole("button", { name: `Remove tag ${tag}` })).toBeAttached();
    await page.keyboard.press("Escape");
  });

  await test.step("the list is narrowed to it", async () => {
    await page.goto(`/${slug}/customers`);
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    const filter = page.getByRole("dialog", { name: "Filter" });
    await filter.getByRole("button", { name: "Tags" }).click();
    await filter.getByRole("checkbox", { name: tag }).click();
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(names[0] ?? "");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: `Tags ${tag}` })).toBeVisible();
  });

  await test.step("the others get it at once, and Undo takes it off again", async () => {
    const only = JSON.stringify({ field: "id", op: "in", value: ids.slice(1) });
    const columns = "name,tags";
    await page.goto(`/${slug}/customers?${new URLSearchParams({ filter: only, columns })}`);
    await expect(rows).toHaveCount(2);
    await page.getByRole("checkbox", { name: /^Select all/ }).click();
    await page
      .getByRole("region", { name: "Selected records" })
      .getByRole("button", { name: "Tag", exact: true })
      .click();
    const dialog = page.getByRole("dialog", { name: "Tag 2 records" });
    await dialog.getByRole("checkbox", { name: tag }).click();
    await expectAccessible(page);
    await keep("bulk-tag");
    await dialog.getByRole("button", { name: "Tag 2 records" }).click();
    await expect(page.getByText("Tags of 2 records changed")).toBeVisible();
    await expect(rows.getByText(tag)).toHaveCount(2);
    await undo(page, "Tags of 2 records changed");
    await expect(rows.getByText(tag)).toHaveCount(0);
  });

  await test.step("the settings rename, count and delete it", async () => {
    await page.goto(`/${slug}/settings/tags`);
    const row = page
      .getByRole("list", { name: "All tags" })
      .getByRole("listitem")
      .filter({
        has: page.getByLabel(`Name of ${tag}`),
      });
    await expect(row).toContainText("on 1 record");
    await inBothThemes(page, async (theme) => {
      await expectAccessible(page);
      await keep(`settings-tags-${theme}`);
    });
    await page.getByRole("button", { name: `Actions for ${tag}` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByText(`Tag ${tag} deleted`)).toBeVisible();
    await expect(row).toHaveCount(0);
    await page.goto(`/${slug}/customers/${ids[0]}`);
    await expect(page.getByRole("button", { name: "Add tag" })).toBeVisible();
    await expect(page.getByText(tag)).toHaveCount(0);
  });
});
