import { enter, forget, nameBusiness, signIn, signUp, skipStart, slugOf } from "./support/accounts";
import { codeFor, invitationFor } from "./support/mail";
import { expect, newAccount, test } from "./support/test";

test("an owner invites a colleague, who joins, works and leaves", async ({ page }) => {
  const owner = newAccount("Olga Meyer");
  const colleague = newAccount("Carl Nowak");
  await signUp(page, owner);
  await nameBusiness(page, "Meyer Clocks");
  await skipStart(page);
  const slug = slugOf(page);

  await page.goto(`/${slug}/settings/members`);
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription(/name@example.com/);
  await page.getByLabel("E-mail").fill(colleague.email);
  const since = Date.now() - 1_000;
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText(`${colleague.email} is invited`)).toBeVisible();
  await expect(page.getByRole("region", { name: "Invited" })).toContainText(colleague.email);
  const link = await invitationFor(colleague.email, since);

  // The owner opens it herself: it is not hers.
  await page.goto(link);
  await expect(page.getByText(`You are signed in as ${owner.email}`)).toBeVisible();
  await page.getByRole("button", { name: "Sign out and use the other address" }).click();
  await page.getByRole("link", { name: "Create an account to join" }).click();
  await expect(page.getByLabel("E-mail")).toHaveValue(colleague.email);
  await page.getByLabel("Your name").fill(colleague.name);
  await page.getByLabel("Password", { exact: true }).fill(colleague.password);
  const signUpSince = Date.now() - 1_000;
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL(/\/verify-email/);
  await page.getByLabel("Code").fill(await codeFor(colleague.email, signUpSince));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/invitation");
  await page.getByRole("button", { name: "Join Meyer Clocks" }).click();
  await page.waitForURL(new RegExp(`/${slug}`));
  await page.goto(`/${slug}/settings/members`);
  await expect(page.getByRole("listitem").filter({ hasText: "Olga Meyer" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Invite" })).toHaveCount(0);

  // Used once.
  await page.goto(link);
  await expect(page.getByText("This invitation is no longer valid")).toBeVisible();

  await forget(page);
  await signIn(page, owner);
  await page.goto(`/${slug}/settings/members`);
  await page.getByRole("button", { name: "Actions for Carl Nowak" }).click();
  await page.getByRole("menuitemradio", { name: "Viewer" }).click();
  await expect(page.getByText("Carl Nowak is now Viewer")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Carl Nowak is now Member")).toBeVisible();

  await page.getByRole("button", { name: "Leave this business" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave this business" }).click();
  await expect(page.getByText("A business keeps at least one active owner.").first()).toBeVisible();

  await forget(page);
  await page.goto(`/sign-in?next=/${slug}/settings/members`);
  await enter(page, colleague);
  await page.getByRole("button", { name: "Leave this business" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave this business" }).click();
  await expect(page).toHaveURL("/sign-in");
  await enter(page, colleague);
  await page.waitForURL(/\/(onboarding|new-business)/);
});
