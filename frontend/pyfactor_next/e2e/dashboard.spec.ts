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
    // The list has as many as the figure said.
    await expect(page.getByText(new RegExp(`^${counted} customers?$`))).toBeVisible();
  });
});

test("a new business is led to its first customers, and is rid of the demo data again", async ({
  page,
  stranger,
  keep,
}) => {
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

  await page.goto(`/${slug}/settings/business`);
  const demo = page.getByRole("button", { name: "Remove demo data" });
  await demo.click();
  await keep("settings-demo-data");
  await page
    .getByRole("alertdialog", { name: "Remove all demo data?" })
    .getByRole("button", { name: "Remove demo data" })
    .click();
  await expect(page.getByText("The demo data is gone")).toBeVisible();
  await expect(demo).toHaveCount(0);
  await page.goto(`/${slug}/home`);
  await expect(page.getByRole("heading", { name: "Nothing here yet" })).toBeVisible();
});
