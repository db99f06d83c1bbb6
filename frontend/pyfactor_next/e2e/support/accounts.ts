import { readFileSync, writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { sessionOf } from "./artefacts";
import { codeFor } from "./mail";
import type { Account, Credentials } from "./test";

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

/** Fills the first step of onboarding and goes on to the second. */
export async function nameBusiness(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name of the business").fill(name);
  await page.getByLabel("Country").fill("Germany");
  await page.getByRole("option", { name: "Germany" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Leaves onboarding for the (empty) customers. */
export async function skipStart(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Skip for now" }).click();
  await page.waitForURL(/\/[^/]+\/customers/);
}

export async function signIn(page: Page, credentials: Credentials): Promise<void> {
  await page.goto("/sign-in");
  await enter(page, credentials);
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** Fills and sends the sign-in page that is open. */
export async function enter(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Takes the session's cookie away, with no page open whose requests would notice. */
export async function forget(page: Page): Promise<void> {
  await page.goto("about:blank");
  await page.context().clearCookies();
}

/** The business whose page is open, as its address names it. */
export function slugOf(page: Page): string {
  return new URL(page.url()).pathname.split("/")[1] ?? "";
}

/** The owner of the demo business, told by whoever started Dott. */
export function demoAccount(): Credentials {
  const email = process.env["DOTT_DEMO_EMAIL"];
  const password = process.env["DOTT_DEMO_PASSWORD"];
  if (!email || !password) throw new Error("DOTT_DEMO_EMAIL and DOTT_DEMO_PASSWORD are not set");
  return { email, password };
}

const rivalFile = sessionOf("rival").replace(/\.json$/, ".account.json");

/** For accounts.setup.ts: keeps what the rival signs in with, for tests that need him just signed in. */
export function keepRival(account: Credentials): void {
  writeFileSync(rivalFile, JSON.stringify(account));
}

/** What the rival signs in with. */
export function rivalAccount(): Credentials {
  return JSON.parse(readFileSync(rivalFile, "utf8")) as Credentials;
}
