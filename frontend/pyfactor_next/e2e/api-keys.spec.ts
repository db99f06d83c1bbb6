import { nameBusiness, signUp, skipStart, slugOf } from "./support/accounts";
import { expect, newAccount, test } from "./support/test";

test("a key is made, shown once, used by a program and revoked", async ({ page, playwright }) => {
  const owner = newAccount("Kea Lang");
  await signUp(page, owner);
  await nameBusiness(page, "Lang Locks");
  await skipStart(page);
  const slug = slugOf(page);

  await page.goto(`/${slug}/settings/api-keys`);
  await expect(page.getByText("No API keys")).toBeVisible();
  await page.getByRole("button", { name: "New API key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByLabel("Name")).toHaveAccessibleDescription(/Give the key a name/);
  await dialog.getByLabel("Name").fill("Web shop");
  await dialog.getByText("Choose", { exact: true }).click();
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("Choose at least one thing the key may do.")).toBeVisible();
  await dialog.getByRole("checkbox", { name: "Change Customers" }).click();
  await expect(dialog.getByRole("checkbox", { name: "Read Customers" })).toBeChecked();
  await dialog.getByRole("button", { name: "Create key" }).click();

  await expect(page.getByRole("heading", { name: "Web shop is ready" })).toBeVisible();
  const secret = page.getByText(/^dott_key_\w{8}_\w{49}$/);
  const key = (await secret.textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await expect(secret).toHaveCount(0);
  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: "Web shop" });
  await expect(row).toContainText(key.slice(0, 17));
  await expect(row).toContainText("Changes Customers");
  await expect(row).toContainText("Never used");
  expect(await page.content()).not.toContain(key.slice(18));

  // A program: no cookie, no page.
  const program = await playwright.request.newContext({
    baseURL: new URL(page.url()).origin,
    extraHTTPHeaders: { Authorization: `Bearer ${key}` },
  });
  const made = await program.post("/api/crm/customers/", {
    data: { business_name: "Ordered Online" },
  });
  expect(made.status()).toBe(201);
  const refused = await program.get("/api/crm/deals/");
  expect([refused.status(), (await refused.json()).code]).toEqual([403, "missing_scope"]);
  expect((await program.get("/api/auth/me/")).status()).toBe(403);

  await page.goto(`/${slug}/customers`);
  await expect(page.getByText("Ordered Online").first()).toBeVisible();
  await page.goto(`/${slug}/settings/api-keys`);
  await expect(row).toContainText("Last used");

  await row.getByRole("button", { name: "Revoke Web shop" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("Web shop is revoked")).toBeVisible();
  await expect(page.getByText("No API keys")).toBeVisible();
  const ended = await program.get("/api/crm/customers/");
  expect([ended.status(), (await ended.json()).code]).toEqual([401, "api_key_revoked"]);
  await program.dispose();
});
