import { randomUUID } from "node:crypto";
import path from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { codeFor } from "./mail";

export interface Account {
  name: string;
  email: string;
  password: string;
}

interface Fixtures {
  /** Fails a test in whose page the policy blocked something or a script threw. */
  watch: undefined;
  /** A person nobody has met yet; she has no account. */
  stranger: Account;
  /** Keeps a picture of the page under a name, for people to look at. */
  keep: (name: string, page?: Page) => Promise<void>;
}

const PICTURES = path.resolve(import.meta.dirname, "../.artifacts/pictures");

export const test = base.extend<Fixtures>({
  watch: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      context.on("weberror", (error) => complaints.push(String(error.error())));
      context.on("console", (message) => {
        if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
      });
      await use(undefined);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it
  stranger: async ({}, use) => {
    const id = randomUUID().slice(0, 8);
    await use({
      name: "Nina Berg",
      email: `nina.${id}@example.com`,
      password: `${id} quiet lanterns`,
    });
  },
  keep: async ({ page }, use) => {
    await use(async (name, of = page) => {
      await of.screenshot({ path: path.join(PICTURES, `${name}.png`) });
    });
  },
});

/** From the sign-up page to the page that names the business, through the code in the mail. */
export async function signUp(page: Page, account: Account): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Your name").fill(account.name);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  const since = Date.now() - 1_000;
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL(/\/verify-email/);
  await page.getByLabel("Code").fill(await codeFor(account.email, since));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/onboarding/);
}

/** Names the business and goes on to its (empty) customers. Returns its address. */
export async function nameBusiness(page: Page, name: string): Promise<string> {
  await page.getByLabel("Name of the business").fill(name);
  await page.getByLabel("Country").fill("Germany");
  await page.getByRole("option", { name: "Germany" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("link", { name: "Skip for now" }).click();
  await page.waitForURL(/\/[^/]+\/customers/);
  return new URL(page.url()).pathname.split("/")[1] ?? "";
}

export async function signIn(
  page: Page,
  { email, password }: Omit<Account, "name">,
): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** The owner of the demo business, told by whoever started Dott. */
export function demoAccount(): Omit<Account, "name"> {
  const email = process.env["DOTT_DEMO_EMAIL"];
  const password = process.env["DOTT_DEMO_PASSWORD"];
  if (!email || !password) throw new Error("DOTT_DEMO_EMAIL and DOTT_DEMO_PASSWORD are not set");
  return { email, password };
}

export { expect };
