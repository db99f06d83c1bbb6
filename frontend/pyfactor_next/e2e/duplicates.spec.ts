import type { Locator, Page } from "@playwright/test";
import { slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { undo } from "./support/deals";
import { expectAccessible, expectNoSidewaysScroll, inBothThemes } from "./support/look";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

const NAME = `Doppel ${Date.now()}`;
const DOUBLE = `${NAME} GmbH`;

async function add(page: Page, values: object, kind = "customers"): Promise<string> {
  await call(page, "/api/auth/csrf/");
  const { status, body } = await call(page, `/api/crm/${kind}/`, {
    method: "POST",
    body: values,
  });
  expect(status).toBe(201);
  return String(body["id"]);
}

async function start(page: Page): Promise<string> {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  return slugOf(page);
}

const pairOf = (page: Page): Locator =>
  page.getByRole("listitem").filter({ has: page.getByRole("link", { name: DOUBLE }) });
const dialogOf = (page: Page): Locator => page.getByRole("dialog", { name: "Merge 2 records" });

test("who is typed is recognised, told apart, merged, and all of it is taken back", async ({
  page,
  keep,
}) => {
  const slug = await start(page);
  const first = await add(page, {
    kind: "business",
    business_name: NAME,
    notes: "Rings on Mondays",
  });
  let second = "";

  await test.step("typing shows who is here already, and stands in nobody's way", async () => {
    await page.goto(`/${slug}/customers?new=1`);
    const form = page.getByRole("dialog", { name: "New customer" });
    await form.getByLabel("Business name").fill(DOUBLE);
    const known = form.getByRole("region", { name: "Possible duplicates" });
    await expect(known.getByText(NAME, { exact: true })).toBeVisible();
    await expect(known.getByText("Same name")).toBeVisible();
    await expect(known.getByRole("link", { name: `Open ${NAME}` })).toHaveAttribute(
      "href",
      `/${slug}/customers/${first}`,
    );
    await expectAccessible(page);
    await keep("duplicates-typing");
    await known.getByRole("button", { name: "Create anyway" }).click();
    await form.getByLabel("E-mail").fill("doppel@example.com");
    await form.getByRole("button", { name: "Create customer" }).click();
    await expect(page).toHaveURL(/open=/);
    second = new URL(page.url()).searchParams.get("open") ?? "";
    expect(second).toMatch(/^[0-9a-f-]{36}$/);
  });

  await test.step("the report finds the two", async () => {
    await page.goto(`/${slug}/customers`);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Find duplicates" }).click();
    await page.waitForURL(/\/customers\/duplicates$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Duplicates");
    await expect(async () => {
      await page.getByRole("button", { name: "Search again" }).click();
      await expect(pairOf(page)).toBeVisible({ timeout: 8_000 });
    }).toPass();
    await expect(pairOf(page).getByText("Same name")).toBeVisible();
    await expect(page.getByText(/pairs? found/)).toBeVisible();
    await inBothThemes(page, async (theme) => {
      await expectAccessible(page);
      await keep(`duplicates-report-${theme}`);
    });
  });

  await test.step("not a duplicate is remembered until that is undone", async () => {
    await pairOf(page)
      .getByRole("button", { name: /^Not a duplicate/ })
      .click();
    await expect(page.getByText("Remembered: not a duplicate")).toBeVisible();
    await expect(pairOf(page)).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).first().click();
    await expect(pairOf(page)).toBeVisible();
  });

  await test.step("the merge says exactly what will be, does it, and is undone", async () => {
    await pairOf(page)
      .getByRole("button", { name: /^Merge / })
      .click();
    const dialog = dialogOf(page);
    await dialog.getByRole("radio", { name: `Business name: ${DOUBLE}, of ${DOUBLE}` }).click();
    const result = dialog.getByRole("region", { name: "What comes of it" });
    await expect(result.getByText(DOUBLE)).toBeVisible();
    await expect(result.getByText("doppel@example.com")).toBeVisible();
    await expect(result.getByText("Rings on Mondays")).toBeVisible();
    await inBothThemes(page, async (theme) => {
      await expectAccessible(page);
      await keep(`merge-dialog-${theme}`);
    });
    await dialog.getByRole("button", { name: /^Merge 1 into/ }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(`1 record merged into ${DOUBLE}`)).toBeVisible();
    await expect(pairOf(page)).toHaveCount(0);
    const merged = await call(page, `/api/crm/customers/${second}/`);
    expect(merged.body["deleted_at"] ?? null).not.toBe(
      (await call(page, `/api/crm/customers/${first}/`)).body["deleted_at"],
    );
    await page.getByRole("button", { name: "Undo" }).first().click();
    await expect(pairOf(page)).toBeVisible();
    const kept = await call(page, `/api/crm/customers/${first}/`);
    expect([kept.body["business_name"], kept.body["email"]]).toEqual([NAME, ""]);
  });

  await test.step("the list's bar and the record's menu lead to the same dialog", async () => {
    const only = JSON.stringify({ field: "id", op: "in", value: [first, second] });
    await page.goto(`/${slug}/customers?filter=${encodeURIComponent(only)}`);
    const rows = page.getByRole("table", { name: "Customers" }).locator("[data-row-id]");
    await expect(rows).toHaveCount(2);
    const bar = page.getByRole("region", { name: "Selected records" });
    await rows.nth(0).getByRole("checkbox").click();
    await expect(bar.getByText("1 selected")).toBeVisible();
    await expect(bar.getByRole("button", { name: "Merge" })).toHaveCount(0);
    await rows.nth(1).getByRole("checkbox").click();
    await bar.getByRole("button", { name: "Merge" }).click();
    await expect(dialogOf(page).getByRole("button", { name: /^Merge 1 into/ })).toBeEnabled();
    await page.keyboard.press("Escape");
    await expect(dialogOf(page)).toBeHidden();

    await page.goto(`/${slug}/customers/${second}`);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Merge with …" }).click();
    const asking = page.getByRole("dialog", { name: `Merge ${DOUBLE} with …` });
    await expect(asking.getByText(NAME, { exact: true })).toBeVisible();
    await expectAccessible(page);
    await asking.getByRole("button", { name: "Choose" }).first().click();
    await expect(dialogOf(page).getByRole("button", { name: /^Merge 1 into/ })).toBeEnabled();
  });

  await test.step("all of it fits a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    await keep("merge-dialog-phone");
    await page.goto(`/${slug}/customers/duplicates`);
    await expect(pairOf(page)).toBeVisible();
    await expect(page.getByText(/pairs? found/)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await keep("duplicates-report-phone");
  });

  for (const id of [first, second]) {
    await call(page, `/api/crm/customers/${id}/`, {
      method: "DELETE",
      headers: { "If-Match": "*" },
    });
  }
});

test("contacts, too, are recognised while typed, told apart, merged and parted again", async ({
  page,
  keep,
}) => {
  const slug = await start(page);
  const family = `Zwill ${Date.now().toString(36)}`;
  const first = await add(page, { first_name: "Ida", last_name: family }, "contacts");
  let second = "";
  const pair = page
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name: `Ida ${family}` }) });

  await test.step("typing shows who is here already", async () => {
    await page.goto(`/${slug}/contacts?new=1`);
    const form = page.getByRole("dialog", { name: "New contact" });
    await form.getByLabel("First name").fill("Ida");
    await form.getByLabel("Last name").fill(family);
    const known = form.getByRole("region", { name: "Possible duplicates" });
    await expect(known.getByRole("link", { name: `Open Ida ${family}` })).toHaveAttribute(
      "href",
      `/${slug}/contacts/${first}`,
    );
    await known.getByRole("button", { name: "Create anyway" }).click();
    await form.getByLabel("E-mail").fill("zwill@example.com");
    await form.getByRole("button", { name: "Create contact" }).click();
    await expect(page).toHaveURL(/\/contacts\/[0-9a-f-]{36}$/);
    second = page.url().split("/").at(-1) ?? "";
    expect(second).not.toBe(first);
  });

  await test.step("the palette leads to the report, which finds the two", async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox", { name: "Command palette" }).fill(">find dup");
    await page.getByRole("option", { name: "Find duplicates among contacts" }).click();
    await page.waitForURL(/\/contacts\/duplicates$/);
    await expect(async () => {
      await page.getByRole("button", { name: "Search again" }).click();
      await expect(pair).toBeVisible({ timeout: 8_000 });
    }).toPass();
    await expect(pair.getByText("Same name")).toBeVisible();
    await expectAccessible(page);
    await keep("duplicates-contacts");
  });

  await test.step("not a duplicate is remembered until that is undone", async () => {
    await pair.getByRole("button", { name: /^Not a duplicate/ }).click();
    await expect(pair).toHaveCount(0);
    // Of the toasts: that of the new contact may be there still.
    await undo(page, "Remembered: not a duplicate");
    await expect(pair).toBeVisible();
  });

  await test.step("they are merged, and undo makes two of them again", async () => {
    await pair.getByRole("button", { name: /^Merge / }).click();
    const dialog = dialogOf(page);
    const result = dialog.getByRole("region", { name: "What comes of it" });
    await expect(result.getByText("zwill@example.com")).toBeVisible();
    await dialog.getByRole("button", { name: /^Merge 1 into/ }).click();
    await expect(dialog).toBeHidden();
    await expect(pair).toHaveCount(0);
    await undo(page, "1 record merged into");
    await expect(pair).toBeVisible();
    const email = async (id: string) =>
      (await call(page, `/api/crm/contacts/${id}/`)).body["email"];
    expect([await email(first), await email(second)]).toEqual(["", "zwill@example.com"]);
  });

  for (const id of [first, second]) {
    const headers = { "If-Match": "*" };
    await call(page, `/api/crm/contacts/${id}/`, { method: "DELETE", headers });
  }
});
