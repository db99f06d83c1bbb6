import { nameBusiness, signUp, skipStart, slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { expect, test } from "./support/test";

test.describe("in the demo business", () => {
  test.use({ storageState: sessionOf("demo") });

  test("every figure leads to its list, and a chart says the same as a table", async ({ page }) => {
    await page.goto("/");
    await page.waitForURL(/\/customers/);
    const slug = slugOf(page);
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await expect(page).toHaveURL(`/${slug}/home`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Home");

    const week = page.getByRole("link", { name: /New customers this week/ });
    await expect(week).toBeVisible();
    const chart = page.getByRole("list", { name: "New customers" });
    await expect(chart.getByRole("listitem")).toHaveCount(12);
    await page
      .getByRole("figure")
      .filter({ has: chart })
      .getByRole("button", { name: "As a table" })
      .click();
    const table = page.getByRole("table", { name: "New customers" });
    await expect(table.getByRole("row")).toHaveCount(13);
    const last = table.getByRole("row").last().getByRole("link");
    const counted = Number((await last.textContent())?.replace(/\D/g, ""));
    await last.click();
    await expect(page).toHaveURL(/created_at=/);
    await expect(page.getByRole("table", { name: "Customers" })).toBeVisible();
    const rows = page.getByRole("table", { name: "Customers" }).locator("[data-row-id]");
    expect(counted).toBeGreaterThan(0);
    await expect(rows.first()).toBeVisible();
  });
});

test("a new business is led to its first customers", async ({ page, stranger }) => {
  await signUp(page, stranger);
  await nameBusiness(page, "Quiet Lanterns");
  await skipStart(page);
  const slug = slugOf(page);
  await page.goto(`/${slug}/home`);
  await expect(page.getByRole("heading", { name: "Nothing here yet" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Import a file" })).toBeVisible();
  await page.getByRole("button", { name: "Load demo data" }).click();
  await expect(page.getByText("Recent changes")).toBeVisible();
  await expect(page.getByRole("link", { name: /New customers this week/ })).toBeVisible();
});
