import type { Locator, Page } from "@playwright/test";
import { slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { expectAccessible } from "./support/look";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

const NAME = `Ledger ${Date.now().toString(36)}`;

const field = (page: Page, name: string): Locator => page.locator(`[data-field="${name}"]`);

async function change(page: Page, id: string, values: object): Promise<void> {
  const answer = await call(page, `/api/crm/customers/${id}/`, {
    method: "PATCH",
    headers: { "If-Match": "*" },
    body: values,
  });
  expect(answer.status).toBe(200);
}

test("a record tells its history, goes back in time, and what was done is undone", async ({
  page,
  keep,
}) => {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  const slug = slugOf(page);
  await call(page, "/api/auth/csrf/");
  const { body: made } = await call(page, "/api/crm/customers/", {
    method: "POST",
    body: { kind: "business", business_name: NAME, industry: "Steel" },
  });
  const id = String(made["id"]);
  const history = page.getByRole("region", { name: "History" });

  await test.step("the keys undo what was done last, and do it again", async () => {
    await page.goto(`/${slug}/customers/${id}`);
    await field(page, "industry").getByRole("button").click();
    await field(page, "industry").getByRole("textbox").fill("Glass");
    await field(page, "industry").getByRole("textbox").press("Enter");
    // The value is shown before it is saved; the keys wait for what is on its way.
    await expect(field(page, "industry").getByRole("button")).toContainText("Glass");
    await page.keyboard.press("ControlOrMeta+z");
    await expect(field(page, "industry").getByRole("button")).toContainText("Steel");
    await page.keyboard.press("ControlOrMeta+Shift+z");
    await expect(field(page, "industry").getByRole("button")).toContainText("Glass");
  });

  await test.step("each change stands in the history with what it was before", async () => {
    await page.goto(`/${slug}/customers/${id}?tab=history`);
    await expect(history.locator('[data-change="create"]')).toHaveCount(1);
    await expect(history.locator('[data-change="update"]')).toHaveCount(3);
    const oldest = history.locator('[data-change="update"]').last();
    await expect(oldest).toContainText("Industry");
    await expect(oldest).toContainText("Steel");
    await expect(oldest).toContainText("Glass");
    await expectAccessible(page);
    await keep("history-record");
  });

  await test.step("a field's label says who last changed it", async () => {
    await field(page, "industry").getByText("Industry").hover();
    await expect(page.getByRole("tooltip")).toContainText("changed this");
    await keep("history-last-change");
    await field(page, "business_name").getByText("Business name").hover();
    await expect(page.getByRole("tooltip")).toContainText("entered this");
    await page.mouse.move(0, 0);
    await expect(page.getByRole("tooltip")).toHaveCount(0);
  });

  await test.step("it can be read as it was at any time", async () => {
    const told = await call(page, `/api/crm/customers/${id}/history/`);
    const changes = told.body["results"] as { operation: string; created_at: string }[];
    const creation = changes.find(({ operation }) => operation === "create");
    const then = encodeURIComponent(creation?.created_at ?? "");
    const before = await call(page, `/api/crm/customers/${id}/?as_of=${then}`);
    expect([before.status, before.body["industry"], before.body["version"]]).toEqual([
      200,
      "Steel",
      1,
    ]);
    const now = await call(page, `/api/crm/customers/${id}/`);
    expect(now.body["industry"]).toBe("Glass");
  });

  await test.step("what was changed since is laid open before it is overwritten", async () => {
    await change(page, id, { source: "Fair" });
    await change(page, id, { source: "Web" });
    await page.reload();
    // The newer one says "Fair", too: before.
    const older = history.locator('[data-change="update"]').filter({ hasText: "Fair" }).last();
    await older.getByRole("button", { name: "Undo" }).click();
    const dialog = page.getByRole("dialog", { name: "Some of it was changed since" });
    await expect(dialog.getByText("Web")).toBeVisible();
    await expect(dialog.getByText("Fair")).toBeVisible();
    await expectAccessible(page);
    await keep("history-conflict");
    const kept = await call(page, `/api/crm/customers/${id}/`);
    expect(kept.body["source"]).toBe("Web");
    await dialog.getByRole("button", { name: "Undo all the same" }).click();
    await expect(dialog).toBeHidden();
    await expect(async () => {
      const undone = await call(page, `/api/crm/customers/${id}/`);
      expect([undone.body["source"], undone.body["industry"]]).toEqual(["", "Glass"]);
    }).toPass();
  });

  await test.step("the log of the business is narrowed by its filters", async () => {
    await page.goto(`/${slug}/settings/activity`);
    const entries = page.locator("[data-change-set]").filter({ hasText: NAME });
    await expect(entries.first()).toBeVisible();
    await page.getByRole("combobox", { name: "Change", exact: true }).click();
    await page.getByRole("option", { name: "Created", exact: true }).click();
    await expect(page).toHaveURL(/operation=create/);
    await expect(entries).toHaveCount(1);
    await page.getByRole("combobox", { name: "Kind of record" }).click();
    await page.getByRole("option", { name: "Deals" }).click();
    await expect(entries).toHaveCount(0);
    await keep("history-log");
    await page.getByRole("button", { name: "Clear filters" }).first().click();
    await expect(entries.first()).toBeVisible();
    await expect(page).not.toHaveURL(/operation=/);
  });

  await call(page, `/api/crm/customers/${id}/`, {
    method: "DELETE",
    headers: { "If-Match": "*" },
  });
});
