import { enter, forget, nameBusiness, signIn, signUp, skipStart, slugOf } from "./support/accounts";
import { codeFor } from "./support/mail";
import { expect, newAccount, test } from "./support/test";

test("wrong entries are told where they were made", async ({ page, stranger }) => {
  await page.goto("/sign-up");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Your name")).toHaveAccessibleDescription("Enter your name.");
  await page.getByLabel("Your name").fill(stranger.name);
  await page.getByLabel("E-mail").fill(stranger.email);
  const password = page.getByLabel("Password", { exact: true });
  await password.fill("password1234");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(password).toHaveAttribute("aria-invalid", "true");
  await expect(password).toHaveAccessibleDescription(/common/);

  await page.goto("/sign-in");
  await enter(page, { ...stranger, password: "not the password" });
  await expect(page.getByText("The e-mail address or the password is not right.")).toBeVisible();
  await expect(page).toHaveURL("/sign-in");
});

// One account for all that follows, because signing up is limited.
test.describe("an account", () => {
  test.describe.configure({ mode: "serial" });
  const nina = newAccount("Nina Berg");
  let slug = "";

  // ASVS 3.7.2
  test("is led back to the page it asked for, and never to another site", async ({ page }) => {
    await page.goto("/somewhere/customers?q=a");
    await expect(page).toHaveURL("/sign-in?next=%2Fsomewhere%2Fcustomers%3Fq%3Da");
    await signUp(page, nina);
    await nameBusiness(page, "Berg Lanterns");
    await skipStart(page);
    slug = slugOf(page);

    await forget(page);
    await page.goto(`/${slug}/settings/members`);
    await enter(page, nina);
    await expect(page).toHaveURL(`/${slug}/settings/members`);

    await forget(page);
    await page.goto("/sign-in?next=//evil.example/x");
    await enter(page, nina);
    await expect(page).toHaveURL(new RegExp(`/${slug}/customers`));
  });

  test("keeps its settings, and its business moves to a new address", async ({ page }) => {
    await signIn(page, nina);
    await page.goto(`/${slug}/settings/profile`);
    await expect(page.getByLabel("Name")).toHaveValue("Nina Berg");
    await page.getByLabel("Name").fill("Nina Bergström");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByLabel("Name")).toHaveValue("Nina Bergström");

    const old = slug;
    slug = `${old}-north`;
    await page.goto(`/${old}/settings/business`);
    await expect(page.getByLabel("Address")).toHaveValue(old);
    await page.getByLabel("Address").fill(slug);
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page).toHaveURL(`/${slug}/settings/business`);
    await page.goto(`/${old}/customers`);
    await expect(page.getByRole("heading", { name: "This page does not exist" })).toBeVisible();
  });

  test("signs in again in place when a save finds its session ended", async ({ page, keep }) => {
    await signIn(page, nina);
    await page.goto(`/${slug}/customers?new=1`);
    const form = page.getByRole("dialog", { name: "New customer" });
    await form.getByLabel("Business name").fill("Wick & Wax");
    await page.context().clearCookies({ name: "sid" });
    await form.getByRole("button", { name: "Create customer" }).click();
    const dialog = page.getByRole("dialog", { name: "Sign in again" });
    await expect(dialog).toBeVisible();
    await keep("sign-in-again");
    await dialog.getByLabel("Password").fill(nina.password);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await expect(dialog).toBeHidden();
    await expect(form.getByLabel("Business name")).toHaveValue("Wick & Wax");
    await form.getByRole("button", { name: "Create customer" }).click();
    await expect(page.getByText("Wick & Wax created")).toBeVisible();
  });

  // ASVS 7.5.2
  test("ends another session, which is out on its next request", async ({ page, elsewhere }) => {
    await signIn(page, nina);
    const other = await elsewhere();
    await signIn(other, nina);
    await page.goto(`/${slug}/settings/sessions`);
    await expect(page.getByText("This device")).toHaveCount(1);
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: "Sign out everywhere else" })
      .click();
    await expect(page.getByText("You are signed out everywhere else")).toBeVisible();
    await other.goto(`/${slug}/settings/profile`);
    await expect(other).toHaveURL(/\/sign-in\?.*reason=expired/);
    await signIn(other, nina);
    await page.reload();
    await page.getByRole("button", { name: /^Sign out .* on / }).click();
    await expect(page.getByText("is signed out")).toBeVisible();
    await other.goto(`/${slug}/settings/profile`);
    await expect(other).toHaveURL(/\/sign-in\?.*reason=expired/);
  });

  test("changes its password, which ends every other session", async ({ page, elsewhere }) => {
    await signIn(page, nina);
    const other = await elsewhere();
    await signIn(other, nina);
    await page.goto(`/${slug}/settings/profile`);
    const old = nina.password;
    nina.password = `${old} anew`;
    await page.getByLabel("Current password").fill("not the password");
    await page.getByLabel("New password").fill(nina.password);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByLabel("Current password")).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Current password").fill(old);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Your password is changed")).toBeVisible();
    await other.goto(`/${slug}/settings/profile`);
    await expect(other).toHaveURL(/\/sign-in\?.*reason=expired/);
    await page.reload();
    await expect(page.getByLabel("Current password")).toBeVisible();
  });

  test("replaces a forgotten password with the code from the mail", async ({ page }) => {
    await page.goto("/forgotten-password");
    await page.getByLabel("E-mail").fill(nina.email);
    const since = Date.now() - 1_000;
    await page.getByRole("button", { name: "Send code" }).click();
    await page.getByLabel("Code").fill(await codeFor(nina.email, since));
    nina.password = `${nina.password} again`;
    await page.getByLabel("New password").fill(nina.password);
    await page.getByRole("button", { name: "Set new password" }).click();
    await expect(page.getByText("Your password is changed.")).toBeVisible();
    await signIn(page, nina);
    await expect(page).toHaveURL(/\/customers/);
  });

  test("has another business apart from the first, and switches between them", async ({ page }) => {
    await signIn(page, nina);
    await page.goto("/new-business");
    await page.getByLabel("Name of the business").fill("Berg Candles");
    await page.getByRole("button", { name: "Create business" }).click();
    await skipStart(page);
    const candles = slugOf(page);
    await expect(page.getByRole("heading", { name: "No customers yet" })).toBeVisible();
    // A page that is still arriving takes an open menu with it.
    await expect(async () => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Business Berg Candles" }).click();
      await page.getByRole("menuitem", { name: "Berg Lanterns" }).click({ timeout: 3_000 });
    }).toPass();
    await expect(page.getByRole("button", { name: "Business Berg Lanterns" })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/${slug}/customers`));

    await page.goto(`/${candles}/customers`);
    await expect(page.getByRole("heading", { name: "This page is in Berg Candles" })).toBeVisible();
    await page.getByRole("button", { name: "Switch to Berg Candles" }).click();
    await expect(page.getByRole("button", { name: "Business Berg Candles" })).toBeVisible();
  });
});
