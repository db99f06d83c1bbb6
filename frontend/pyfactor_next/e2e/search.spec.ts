import { slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

test("the palette finds records in spite of accents and typing errors, and remembers them", async ({
  page,
}) => {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  const slug = slugOf(page);
  await expect(page.getByRole("table", { name: "Customers" })).toBeVisible();

  await page.keyboard.press("ControlOrMeta+k");
  const box = page.getByRole("combobox", { name: "Command palette" });
  await box.fill("koln");
  const option = page.getByRole("option", { name: /Kölner Kaffeerösterei/ });
  await expect(option).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/${slug}/customers/[0-9a-f-]{36}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kölner Kaffeerösterei");
  // The name stands there before the record has come.
  await expect(page.getByRole("button", { name: "Edit", exact: true })).toBeVisible();

  // Open lately: first in the empty palette.
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("option").first()).toContainText("Kölner Kaffeerösterei");
  await box.fill("kafeerosterei");
  await expect(page.getByText("Customers, similar")).toBeVisible();
  await expect(option).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(box).toBeHidden();
});

test("Enter waits for the records of the text it was pressed on", async ({ page }) => {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  await expect(page.getByRole("table", { name: "Customers" })).toBeVisible();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/search/**", async (route) => {
    if (new URL(route.request().url()).searchParams.get("q") === "tischlerei") await held;
    await route.continue();
  });
  await page.keyboard.press("/");
  const box = page.getByRole("combobox", { name: "Command palette" });
  await expect(box).toBeFocused();
  await box.fill("harbour");
  await expect(page.getByRole("option", { name: /Harbour Lane Bakery/ })).toBeVisible();
  await box.fill("tischlerei");
  await page.keyboard.press("Enter");
  await expect(box).toBeVisible();
  release();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tischlerei Brandt GmbH");
});

test("first letters narrow the palette, and ? explains them", async ({ page }) => {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  await page.keyboard.press("ControlOrMeta+k");
  const box = page.getByRole("combobox", { name: "Command palette" });
  await box.fill(">customers");
  await expect(page.getByRole("option", { name: /Customers/ })).toBeVisible();
  await box.fill("#1");
  await expect(page.getByRole("option", { name: /C-000001/ })).toBeVisible();
  await box.fill("?");
  await page.getByRole("option", { name: /People only/ }).click();
  await expect(box).toHaveValue("@");
});

test("a single key can be changed, and all of them switched off", async ({ page }) => {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  const slug = slugOf(page);
  await page.goto(`/${slug}/settings/profile`);
  const field = page.getByLabel("Shortcuts of the page");
  await field.press("/");
  await expect(page.getByText("/ is already taken: Search")).toBeVisible();
  await field.press("h");
  await expect(field).toHaveValue("H");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("h");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.getByRole("switch", { name: /Switch off single-key shortcuts/ }).click();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("h");
  await expect(help).toBeHidden();
});
