import { slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

test("without a mouse: from the list to the panel, to the record and back", async ({ page }) => {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  const slug = slugOf(page);
  const rows = page.getByRole("table", { name: "Customers" }).locator("[data-row-id]");
  await expect(rows.first()).toBeVisible();
  const nameOf = async (place: number) =>
    (await rows.nth(place).getByRole("link").first().locator("> span").last().textContent()) ?? "";

  await page.keyboard.press("j");
  await expect(rows.nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await expect(rows.nth(1)).toBeFocused();
  const ring = (place: number) =>
    rows.nth(place).evaluate((row) => getComputedStyle(row, "::after").boxShadow);
  expect(await ring(1), "the focused row's ring").toContain("inset");
  expect(await ring(0), "another row's").toBe("none");
  await page.keyboard.press("x");
  await expect(page.getByText("1 selected")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("1 selected")).toBeHidden();

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  for (const does of ["Next row", "Undo your last change", "Do it again"]) {
    await expect(help.getByText(does)).toBeVisible();
  }
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await expect(rows.nth(1)).toBeFocused();

  const [second, third] = [await nameOf(1), await nameOf(2)];
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: second })).toBeFocused();
  await page.keyboard.press("j");
  await expect(page.getByRole("complementary", { name: third })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary")).toHaveCount(0);
  await expect(rows.nth(2)).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: third })).toBeVisible();
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(third);
  await page.keyboard.press("k");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(second);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(new RegExp(`/${slug}/customers$`));
  await expect(rows.first()).toBeVisible();

  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page).toHaveURL(`/${slug}/imports`);
  await page.keyboard.press("ControlOrMeta+k");
  // Its program comes with the first use.
  await expect(page.getByPlaceholder("Search or type a command")).toBeFocused();
  await page.keyboard.type("new cust");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New customer" });
  await expect(dialog.getByLabel("Business name")).toBeFocused();
  await page.keyboard.type("Keyed & Sons");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByText("Keyed & Sons created")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(page.getByText("Keyed & Sons created")).toBeHidden();
});
