import type { Page } from "@playwright/test";
import { sessionOf } from "./support/artefacts";
import { expectAccessible, expectNoSidewaysScroll, inBothThemes } from "./support/look";
import { expect, test } from "./support/test";

const PHONE = { width: 390, height: 844 };

interface Look {
  name: string;
  /** With {slug} and {customer} for the demo business and one of its customers. */
  path: string;
  /** What to do on the page before it is looked at, until it is ready. */
  open?: (page: Page) => Promise<void>;
}

const strangers: Look[] = [
  { name: "sign-in", path: "/sign-in" },
  { name: "sign-in-expired", path: "/sign-in?reason=expired" },
  { name: "sign-up", path: "/sign-up" },
  { name: "verify-email", path: "/verify-email?email=nina@example.com" },
  { name: "forgotten-password", path: "/forgotten-password" },
  {
    name: "invitation-invalid",
    path: "/invitation#no-such-token",
    open: async (page) => {
      await expect(page.getByText("This invitation is no longer valid")).toBeVisible();
    },
  },
];

const members: Look[] = [
  { name: "onboarding-start", path: "/onboarding" },
  { name: "new-business", path: "/new-business" },
  { name: "customers", path: "/{slug}/customers" },
  { name: "customers-panel", path: "/{slug}/customers?open={customer}" },
  { name: "customers-new", path: "/{slug}/customers?new=1" },
  {
    name: "customers-trash",
    path: "/{slug}/customers?trashed=true",
    open: async (page) => {
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Trash");
    },
  },
  { name: "customers-no-match", path: "/{slug}/customers?q=nobody+is+called+this" },
  { name: "record", path: "/{slug}/customers/{customer}" },
  { name: "imports", path: "/{slug}/imports" },
  { name: "imports-new", path: "/{slug}/imports/new" },
  { name: "settings-profile", path: "/{slug}/settings/profile" },
  { name: "settings-sessions", path: "/{slug}/settings/sessions" },
  { name: "settings-business", path: "/{slug}/settings/business" },
  { name: "settings-members", path: "/{slug}/settings/members" },
  {
    name: "settings-invite",
    path: "/{slug}/settings/members",
    open: async (page) => {
      await page.getByRole("button", { name: "Invite" }).click();
      await expect(page.getByLabel("E-mail")).toBeFocused();
    },
  },
  { name: "settings-security", path: "/{slug}/settings/security" },
  {
    name: "not-found",
    path: "/{slug}/nowhere",
    open: async (page) => {
      await expect(page.getByRole("heading", { name: "This page does not exist" })).toBeVisible();
      await expect(page.getByRole("link", { name: "Customers" })).toBeVisible();
    },
  },
  {
    name: "command-palette",
    path: "/{slug}/customers",
    open: async (page) => {
      await page.keyboard.press("ControlOrMeta+k");
      await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
    },
  },
  {
    name: "keyboard-shortcuts",
    path: "/{slug}/customers",
    open: async (page) => {
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    },
  },
];

async function settle(page: Page): Promise<void> {
  // By tag: behind an open dialog no heading has its role.
  await expect(page.locator("h1, h2").first()).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

async function lookAt(page: Page, { name, open }: Look, keep: (name: string) => Promise<void>) {
  await settle(page);
  await open?.(page);
  await inBothThemes(page, async (theme) => {
    await expectAccessible(page);
    await keep(`${name}-${theme}`);
  });
  await page.setViewportSize(PHONE);
  await settle(page);
  await expectNoSidewaysScroll(page);
  await keep(`${name}-phone`);
}

test.describe("without a session", () => {
  for (const look of strangers) {
    test(`${look.name} is accessible, in light, dark and on a phone`, async ({ page, keep }) => {
      await page.goto(look.path);
      await lookAt(page, look, keep);
    });
  }
});

test.describe("with a session", () => {
  test.use({ storageState: sessionOf("demo") });
  const facts = { slug: "", customer: "" };

  test.beforeAll(async ({ playwright, baseURL }) => {
    const api = await playwright.request.newContext({
      ...(baseURL ? { baseURL } : {}),
      storageState: sessionOf("demo"),
    });
    facts.slug = (await (await api.get("/api/auth/me/")).json()).tenant.slug;
    const list = await api.get("/api/crm/customers/?limit=1&fields=id");
    facts.customer = (await list.json()).results[0].id;
    await api.dispose();
  });

  for (const look of members) {
    test(`${look.name} is accessible, in light, dark and on a phone`, async ({ page, keep }) => {
      await page.goto(
        look.path.replace("{slug}", facts.slug).replace("{customer}", facts.customer),
      );
      await lookAt(page, look, keep);
    });
  }
});
