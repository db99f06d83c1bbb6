import { appendFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { factsOf, filled } from "./facts";
import { routes } from "./routes";
import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { expect, test } from "./support/test";
import { CORPUS } from "./support/xss";

// Named to run last: it fills the rival's business, which other tests want empty.

const RIVAL = sessionOf("rival");
const NAMED = [...CORPUS.entries()].map(([n, code]) => ({ n, code }));

/** A record of every kind for each piece of the corpus, with it in every free text. Answers how many texts. */
async function plant(page: Page): Promise<number> {
  let texts = 0;
  const make = async (path: string, body: Record<string, unknown>): Promise<string> => {
    const answer = await call(page, `/api/crm/${path}/`, { method: "POST", body });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    texts += Object.values(body).filter((value) => CORPUS.includes(String(value))).length;
    return String(answer.body["id"]);
  };
  await call(page, "/api/crm/pipelines/");
  for (const { n, code } of NAMED) {
    const customer = await make("customers", {
      business_name: code,
      source: code.slice(0, 80),
      billing_line1: code,
      billing_city: code.slice(0, 100),
      notes: code,
    });
    const contact = await make("contacts", {
      first_name: code.slice(0, 100),
      last_name: code.slice(0, 100),
    });
    await make("deals", { customer, contact, name: code, next_step: code, description: code });
    await make("activities", { customer, kind: "note", body: code });
    await make("activities", { customer, kind: "task", subject: code, body: code });
    if (n < 20) await make("tags", { name: `${n}${code}`.slice(0, 50) });
  }
  return texts;
}

/** Whether any piece of the corpus has run in the page. */
async function hasRun(page: Page): Promise<boolean> {
  return page.evaluate(() => "xss" in window);
}

test.describe("text of others stays text", () => {
  test.use({ storageState: RIVAL });
  test.setTimeout(600_000);

  // ASVS 1.1.2, 1.2.1, 1.2.3, 3.2.2
  test("in every view", async ({ page, playwright, baseURL }) => {
    page.on("dialog", async (dialog) => {
      await page.evaluate(() => Object.assign(window, { xss: true }));
      await dialog.dismiss();
    });
    await page.goto("/");
    await page.waitForURL(/\/customers/);
    const texts = await plant(page);
    const facts = await factsOf(playwright.request, RIVAL, baseURL);
    const ran: string[] = [];
    let views = 0;
    for (const route of routes()) {
      if (/\{(?!slug|customer|contact|deal)/.test(route) || !route.includes("{slug}")) continue;
      await page.goto(await filled(route, facts));
      await page.waitForLoadState("networkidle");
      views += 1;
      if (await hasRun(page)) ran.push(route);
    }
    for (const { code } of NAMED.slice(0, 8)) {
      await page.goto(`/${facts.slug}/customers?q=${encodeURIComponent(code)}`);
      views += 1;
      if (await hasRun(page)) ran.push(`search for ${code}`);
    }
    const counts = process.env["DOTT_ATTACKS_COUNTS"];
    if (counts) appendFileSync(counts, `XSS, texts × views\t${texts * views}\t${ran.length}\n`);
    expect(ran).toEqual([]);
    expect(views).toBeGreaterThan(15);
    expect(texts).toBeGreaterThan(400);
  });
});

test("the corpus runs where a page does not defend itself", async ({ browser }) => {
  const page = await browser.newPage();
  const live: string[] = [];
  for (const { code } of NAMED) {
    await page.setContent(`<div>${code}</div><textarea></textarea>`);
    if (await hasRun(page)) live.push(code);
    await page.goto("about:blank");
  }
  await page.close();
  expect(live.length).toBeGreaterThan(10);
});
