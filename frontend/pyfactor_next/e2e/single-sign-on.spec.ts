import type { Page } from "@playwright/test";
import { forget, rivalAccount, signIn, slugOf } from "./support/accounts";
import { call } from "./support/console";
import { expectAccessible } from "./support/look";
import { startProvider } from "./support/provider";
import { expect, test } from "./support/test";

// The browser goes to the provider; and what he said was not good enough, which Dott answers with 502.
const PORT = process.env["DOTT_E2E_RECEIVER_PORT"];
const MEANT = new RegExp(
  `^another origin: http://127\\.0\\.0\\.1:${PORT}/authorize\\?|^502: .*/api/auth/sso/finish/$`,
);

async function signInByProvider(page: Page, business: string): Promise<void> {
  await page.goto("/sign-in/single-sign-on");
  await page.getByLabel("Work e-mail or business address").fill(business);
  await page.getByRole("button", { name: "Continue" }).click();
}

test.describe("single sign-on", () => {
  test.use({ allowed: MEANT });

  test("an owner sets a provider up, it signs in to that business alone, and lies get nobody in", async ({
    page,
    keep,
  }) => {
    const { email } = rivalAccount();
    const provider = await startProvider({
      sub: "otto",
      name: "Otto Otter",
      email,
      email_verified: true,
    });
    try {
      // Signed in anew, so nobody is asked whether it is still he.
      await signIn(page, rivalAccount());
      await page.waitForURL(/\/customers/);
      const slug = slugOf(page);
      await page.goto(`/${slug}/settings/security`);
      await page.getByRole("button", { name: "Set up" }).click();
      const dialog = page.getByRole("dialog", { name: "Your provider" });
      await dialog.getByLabel("Issuer").fill("http://127.0.0.1:1");
      await dialog.getByLabel("Client ID").fill(provider.client.id);
      await dialog.getByLabel("Client secret").fill(provider.client.secret);
      await dialog.getByRole("button", { name: "Save" }).click();
      // The guard lets nothing else on this machine be called.
      await expect(dialog.getByLabel("Issuer")).toHaveAttribute("aria-invalid", "true");
      await dialog.getByLabel("Issuer").fill(provider.issuer);
      await dialog.getByRole("button", { name: "Save" }).click();
      await expect(dialog).toBeHidden();
      await expect(page.getByText(provider.issuer)).toBeVisible();
      await keep("single-sign-on-set-up");

      // A provider's word alone opens no account that is there already: he connects it from within.
      await signInByProvider(page, slug);
      await page.waitForURL(new RegExp(`/${slug}/`));
      expect(provider.visits).toBe(1);

      await forget(page);
      await signInByProvider(page, slug);
      await page.waitForURL(new RegExp(`/${slug}/`));
      expect(provider.visits).toBe(2);
      expect((await call(page, "/api/crm/customers/")).status).toBe(200);
      const own = await call(page, "/api/auth/sessions/");
      expect([own.status, own.body["code"]]).toEqual([403, "confined_session"]);
      const others = await call(page, "/api/tenants/");
      expect(others.body["results"]).toMatchObject([{ slug }]);

      await forget(page);
      provider.lies.answer = { state: "x".repeat(43) };
      await signInByProvider(page, slug);
      await expect(
        page.getByText("This sign-in was not begun here, or too long ago. Begin again."),
      ).toBeVisible();
      await expectAccessible(page);
      await keep("single-sign-on-wrong-state");
      provider.lies.answer = {};

      provider.lies.claims = { nonce: "of another sign-in" };
      await page.getByRole("link", { name: "Try again" }).click();
      await page.waitForURL(/\/single-sign-on$/);
      await signInByProvider(page, slug);
      await expect(
        page.getByText("The provider's ID token was made for another sign-in."),
      ).toBeVisible();
      await keep("single-sign-on-wrong-nonce");
      expect((await call(page, "/api/auth/me/")).status).toBe(401);
      provider.lies.claims = {};

      // Without lies it is the same provider again; and then it goes, for the tests that follow.
      await signInByProvider(page, slug);
      await page.waitForURL(new RegExp(`/${slug}/`));
      await forget(page);
      await signIn(page, rivalAccount());
      await page.waitForURL(/\/customers/);
      await page.goto(`/${slug}/settings/security`);
      await page.getByRole("button", { name: "Remove", exact: true }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
      await expect(page.getByRole("button", { name: "Set up" })).toBeVisible();
    } finally {
      provider.close();
    }
  });
});
