import { expectAccessible, inBothThemes } from "./support/axe";
import { expect, nameBusiness, signIn, signUp, test } from "./support/test";

test("settings are kept, and accessible in both themes", async ({ page, stranger, keep }) => {
  await signUp(page, stranger);
  await inBothThemes(page, async (theme) => {
    await expectAccessible(page);
    await keep(`onboarding-${theme}`);
  });
  const slug = await nameBusiness(page, "Berg Lanterns");
  for (const section of ["profile", "sessions", "business", "members", "security"]) {
    await page.goto(`/${slug}/settings/${section}`);
    await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await inBothThemes(page, async (theme) => {
      await expectAccessible(page);
      await keep(`settings-${section}-${theme}`);
    });
  }

  await page.goto(`/${slug}/settings/profile`);
  await page.getByLabel("Name").fill("Nina Bergström");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("Nina Bergström");

  await page.goto(`/${slug}/settings/business`);
  await page.getByLabel("Address").fill(`${slug}-north`);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(`/${slug}-north/settings/business`);
  await page.goto(`/${slug}/customers`);
  await expect(page.getByRole("heading", { name: "This page does not exist" })).toBeVisible();
});

test("a session that is ended elsewhere ends on its next request", async ({
  page,
  browser,
  stranger,
}) => {
  await signUp(page, stranger);
  const slug = await nameBusiness(page, "Berg Lanterns");
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, stranger);
  await page.goto(`/${slug}/settings/sessions`);
  await page.getByRole("button", { name: /^Sign out .* on / }).click();
  await expect(page.getByText("is signed out")).toBeVisible();
  await other.goto(`/${slug}/settings/profile`);
  await expect(other).toHaveURL(/\/sign-in\?.*reason=expired/);
  await elsewhere.close();
});

test("a save that finds the session ended asks for the password and keeps what was typed", async ({
  page,
  stranger,
  keep,
}) => {
  await signUp(page, stranger);
  const slug = await nameBusiness(page, "Berg Lanterns");
  await page.goto(`/${slug}/settings/profile`);
  await page.getByLabel("Name").fill("Nina Bergström");
  await page.context().clearCookies({ name: "sid" });
  await page.getByRole("button", { name: "Save changes" }).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await keep("sign-in-again");
  await dialog.getByLabel("Password").fill(stranger.password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel("Name")).toHaveValue("Nina Bergström");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
});

test("another business is a world of its own, and switching moves the session", async ({
  page,
  stranger,
}) => {
  await signUp(page, stranger);
  const first = await nameBusiness(page, "Berg Lanterns");
  await page.goto("/new-business");
  await page.getByLabel("Name of the business").fill("Berg Candles");
  await page.getByRole("button", { name: "Create business" }).click();
  await page.getByRole("link", { name: "Skip for now" }).click();
  await expect(page.getByRole("button", { name: "Business Berg Candles" })).toBeVisible();
  await page.goto(`/${first}/customers`);
  await expect(page.getByRole("heading", { name: "This page is in Berg Lanterns" })).toBeVisible();
  await page.getByRole("button", { name: "Switch to Berg Lanterns" }).click();
  await expect(page.getByRole("button", { name: "Business Berg Lanterns" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/${first}/customers`));
});
