import { enter, forget, nameBusiness, signIn, signUp, skipStart, slugOf } from "./support/accounts";
import { call } from "./support/console";
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

  // Members see their own records only, from now on.
  const teams = page.getByRole("region", { name: "Teams" });
  await teams.getByRole("button", { name: "Add team" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save team" }).click();
  await expect(dialog.getByLabel("Name")).toHaveAccessibleDescription(/Enter a name/);
  await dialog.getByLabel("Name").fill("Night shift");
  await dialog.getByRole("checkbox", { name: "Carl Nowak" }).click();
  await dialog.getByRole("button", { name: "Save team" }).click();
  await expect(teams.getByRole("listitem")).toContainText(["Night shift"]);
  await expect(teams.getByRole("listitem")).toContainText(["Carl Nowak"]);
  const scopes = page.getByRole("group", { name: "Members", exact: true });
  await scopes.getByText("Their own", { exact: true }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/^Saved\. It holds/)).toBeVisible();
  await call(page, "/api/auth/csrf/");
  const { body: made } = await call(page, "/api/crm/customers/", {
    method: "POST",
    body: { kind: "business", business_name: "Olga's Secret" },
  });
  const path = `/api/crm/customers/${String(made["id"])}/`;
  await page.goto(`/${slug}/customers/${String(made["id"])}`);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Who can see this?" }).click();
  const access = page.getByRole("dialog", { name: "Who can see this?" });
  await expect(access.getByRole("listitem").filter({ hasText: "Carl Nowak" })).toContainText(
    "Member: it has no owner",
  );
  await expect(access.getByRole("listitem").filter({ hasText: "Olga Meyer" })).toContainText(
    "Owner: sees all records",
  );

  await page.goto(`/${slug}/settings/members`);
  await page.getByRole("button", { name: "Leave this business" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave this business" }).click();
  await expect(page.getByText("A business keeps at least one active owner.").first()).toBeVisible();

  await forget(page);
  await page.goto(`/sign-in?next=/${slug}/settings/members`);
  await enter(page, colleague);
  await expect(page.getByRole("button", { name: "Leave this business" })).toBeVisible();
  const nothing = "/api/crm/customers/00000000-0000-4000-8000-000000000000/";
  const [hidden, random] = [await call(page, path), await call(page, nothing)];
  expect([hidden.status, hidden.body["code"]]).toEqual([404, "not_found"]);
  expect([random.status, random.body["code"]]).toEqual([404, "not_found"]);
  expect((await call(page, "/api/crm/customers/?count=exact")).body["count"]).toBe(0);
  await page.getByRole("button", { name: "Leave this business" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave this business" }).click();
  await expect(page).toHaveURL("/sign-in");
  await enter(page, colleague);
  await page.waitForURL(/\/(onboarding|new-business)/);
});
