import { expectAccessible, inBothThemes } from "./support/axe";
import { codeFor } from "./support/mail";
import { expect, nameBusiness, signIn, signUp, test } from "./support/test";

test("pages one sees without a session are accessible in both themes", async ({ page, keep }) => {
  for (const path of [
    "/sign-in?reason=expired",
    "/sign-up",
    "/verify-email",
    "/forgotten-password",
  ]) {
    await page.goto(path);
    await inBothThemes(page, async (theme) => {
      await expectAccessible(page);
      await keep(`${path.split("?")[0]?.slice(1)}-${theme}`);
    });
  }
});

test("a page that needs a session comes back after signing in, and never leads to another site", async ({
  page,
  stranger,
}) => {
  await page.goto("/somewhere/customers?q=a");
  await expect(page).toHaveURL("/sign-in?next=%2Fsomewhere%2Fcustomers%3Fq%3Da");
  await signUp(page, stranger);
  const slug = await nameBusiness(page, "Berg Lanterns");
  await page.context().clearCookies();
  await page.goto(`/${slug}/settings/members`);
  await page.getByLabel("E-mail").fill(stranger.email);
  await page.getByLabel("Password", { exact: true }).fill(stranger.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`/${slug}/settings/members`);
  await page.context().clearCookies();
  await page.goto("/sign-in?next=//evil.example/x");
  await page.getByLabel("E-mail").fill(stranger.email);
  await page.getByLabel("Password", { exact: true }).fill(stranger.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(new RegExp(`/${slug}/customers`));
});

test("wrong entries are told where they were made", async ({ page, stranger }) => {
  await page.goto("/sign-up");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Your name")).toHaveAccessibleDescription("Enter your name.");
  await page.getByLabel("Your name").fill(stranger.name);
  await page.getByLabel("E-mail").fill(stranger.email);
  await page.getByLabel("Password", { exact: true }).fill("password1234");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(stranger.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(
    page.getByText(/password/i).and(page.locator("[id$=-error], [role=alert] div")),
  ).toBeVisible();
});

test("a forgotten password is replaced with the code from the mail", async ({ page, stranger }) => {
  await signUp(page, stranger);
  await nameBusiness(page, "Berg Lanterns");
  await page.context().clearCookies();
  await page.goto("/forgotten-password");
  await page.getByLabel("E-mail").fill(stranger.email);
  const since = Date.now() - 1_000;
  await page.getByRole("button", { name: "Send code" }).click();
  await page.getByLabel("Code").fill(await codeFor(stranger.email, since));
  const password = `${stranger.password} anew`;
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await signIn(page, { email: stranger.email, password });
  await expect(page).toHaveURL(/\/customers/);
});
