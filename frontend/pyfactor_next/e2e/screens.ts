import { expect, type Page } from "@playwright/test";
import { unlisted } from "./routes";

/** One screen to be looked at, by pages.spec.ts and by the tour. */
export interface Look {
  name: string;
  /** With {slug} for the business and {customer}, {deal}, … for one of its records (facts.ts). */
  path: string;
  /** Keys that open a dialog, in any language. */
  press?: string;
  /** What to do on the page before it is looked at, until it is ready; it may read English. */
  open?: (page: Page) => Promise<void>;
}

/** The address opens a dialog, whose code comes after the page. */
const inDialog = (page: Page): Promise<void> => expect(page.getByRole("dialog")).toBeVisible();

/** What one sees without a session. */
export const strangers: Look[] = [
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

/** What the owner of the demo business sees. */
export const members: Look[] = [
  { name: "onboarding-start", path: "/onboarding" },
  { name: "new-business", path: "/new-business" },
  { name: "customers", path: "/{slug}/customers" },
  { name: "customers-panel", path: "/{slug}/customers?open={customer}" },
  { name: "customers-new", path: "/{slug}/customers?new=1", open: inDialog },
  {
    name: "customers-trash",
    path: "/{slug}/customers?trashed=true",
    open: async (page) => {
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Trash");
    },
  },
  { name: "customers-no-match", path: "/{slug}/customers?q=nobody+is+called+this" },
  { name: "record", path: "/{slug}/customers/{customer}" },
  { name: "record-tasks", path: "/{slug}/customers/{customer}?tab=tasks" },
  { name: "record-notes", path: "/{slug}/customers/{customer}?tab=notes" },
  { name: "record-files", path: "/{slug}/customers/{customer}?tab=files" },
  { name: "record-contacts", path: "/{slug}/customers/{customer}?tab=contacts" },
  { name: "contact-customers", path: "/{slug}/contacts/{contact}?tab=customers" },
  { name: "contact", path: "/{slug}/contacts/{contact}" },
  { name: "contact-new", path: "/{slug}/contacts?new=1", open: inDialog },
  { name: "contacts", path: "/{slug}/contacts" },
  { name: "contacts-no-match", path: "/{slug}/contacts?q=nobody+is+called+this" },
  { name: "settings-tags", path: "/{slug}/settings/tags" },
  {
    name: "record-composer",
    path: "/{slug}/customers/{customer}?tab=timeline",
    open: async (page) => {
      // Until the page is alive a click does nothing.
      await expect(async () => {
        await page.getByRole("button", { name: "Task", exact: true }).first().click();
        await expect(page.getByLabel("What is to be done?")).toBeVisible({ timeout: 1_000 });
      }).toPass();
    },
  },
  { name: "tasks", path: "/{slug}/tasks?assignee=all" },
  { name: "tasks-empty", path: "/{slug}/tasks?assignee=00000000-0000-7000-8000-000000000000" },
  { name: "imports", path: "/{slug}/imports" },
  { name: "imports-new", path: "/{slug}/imports/new" },
  { name: "settings-profile", path: "/{slug}/settings/profile" },
  { name: "settings-sessions", path: "/{slug}/settings/sessions" },
  { name: "settings-business", path: "/{slug}/settings/business" },
  { name: "settings-members", path: "/{slug}/settings/members" },
  { name: "settings-fields", path: "/{slug}/settings/fields" },
  {
    name: "settings-invite",
    path: "/{slug}/settings/members",
    open: async (page) => {
      await page.getByRole("button", { name: "Invite" }).click();
      await expect(page.getByLabel("E-mail")).toBeFocused();
    },
  },
  {
    name: "settings-api-key-new",
    path: "/{slug}/settings/api-keys",
    open: async (page) => {
      await page.getByRole("button", { name: "New API key" }).click();
      await page.getByText("Choose", { exact: true }).click();
      await expect(page.getByRole("checkbox", { name: "Read Customers" })).toBeVisible();
    },
  },
  {
    name: "settings-webhook-new",
    path: "/{slug}/settings/webhooks",
    open: async (page) => {
      await page.getByRole("button", { name: "New webhook" }).click();
      await page.getByText("Choose", { exact: true }).click();
      await expect(
        page.getByRole("checkbox", { name: "Customers: Added", exact: true }),
      ).toBeVisible();
    },
  },
  { name: "settings-security", path: "/{slug}/settings/security" },
  { name: "settings-privacy", path: "/{slug}/settings/privacy" },
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
    press: "ControlOrMeta+k",
  },
  {
    name: "keyboard-shortcuts",
    path: "/{slug}/customers",
    press: "?",
  },
];

// A route that nobody has written a line for is looked at as it opens.
members.push(...unlisted([...strangers, ...members]));

/** Waits until a page has its heading and nothing is loading. */
async function settle(page: Page): Promise<void> {
  // By tag: behind an open dialog no heading has its role.
  await expect(page.locator("h1, h2").first()).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

/** Brings a page that has been loaded to the state that is to be looked at. */
export async function ready(
  page: Page,
  { press, open }: Pick<Look, "press" | "open">,
): Promise<void> {
  await settle(page);
  if (press) {
    await page.keyboard.press(press);
    await expect(page.getByRole("dialog")).toBeVisible();
  }
  await open?.(page);
}
