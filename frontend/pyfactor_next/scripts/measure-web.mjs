/**
 * Measures a running Dott in Chromium, at the machine's own speed and with the processor four times slower:
 * first paint and shifts of pages opened cold, how long what a person does takes to show, frames while a long
 * list scrolls, and the way from page to page. Prints JSON: medians of several runs.
 *
 * `./dott bench web` starts it. DOTT_E2E_URL: where Dott is. DOTT_BENCH_COOKIES: JSON of a session's cookies.
 * DOTT_BENCH_SLUG: a business with thousands of customers. DOTT_BENCH_RUNS: how many runs (5).
 */
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const { DOTT_E2E_URL: origin, DOTT_BENCH_SLUG: slug } = process.env;
const cookies = JSON.parse(process.env.DOTT_BENCH_COOKIES);
const runs = Number(process.env.DOTT_BENCH_RUNS ?? 5);
const SYSTEM_CHROMIUM = "/usr/bin/chromium";
const SCROLLED_MS = 5000;
const ROWS = 1000;

const pages = {
  "sign-in": "/sign-in",
  home: `/${slug}`,
  customers: `/${slug}/customers`,
  record: undefined, // the first of the list; found below
};
const board = `/${slug}/deals`;

/** Runs in the page before anything of it: keeps what the browser tells about paints, shifts and events. */
function watch() {
  window.measured = { lcp: 0, cls: 0, events: [] };
  const observe = (type, each, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({
      type,
      buffered: true,
      ...more,
    });
  observe("largest-contentful-paint", (entry) => {
    window.measured.lcp = entry.startTime;
  });
  observe("layout-shift", (entry) => {
    if (!entry.hadRecentInput) window.measured.cls += entry.value;
  });
  observe("event", (entry) => window.measured.events.push(entry.duration), {
    durationThreshold: 16,
  });
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const browser = await chromium.launch({
  ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

/** A page in a browser without a cache, slowed down. */
async function open(slower, isSignedIn = true) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
  });
  if (isSignedIn) {
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: origin })));
  }
  await context.addInitScript(watch);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
  return page;
}

async function visit(page, path) {
  await page.goto(`${origin}${path}`);
  await page.locator("html[data-alive]").waitFor({ state: "attached" });
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForLoadState("networkidle");
}

async function paint(path, slower, isSignedIn) {
  const page = await open(slower, isSignedIn);
  await visit(page, path);
  const { lcp, cls } = await page.evaluate(() => window.measured);
  await page.context().close();
  return { lcp, cls };
}

/** The longest event of one thing done, from the hand to the next frame; 16 ms is the least that is told. */
async function longest(page, act) {
  await page.evaluate(() => {
    window.measured.events = [];
  });
  await act();
  await page.waitForTimeout(400);
  return Math.max(16, ...(await page.evaluate(() => window.measured.events)));
}

const table = (page) => page.getByRole("table", { name: "Customers" });

async function interactions(slower) {
  const page = await open(slower);
  await visit(page, pages.customers);
  const search = page.getByLabel("Search customers", { exact: true });
  const rows = table(page).getByRole("link");
  await rows.first().waitFor();
  const typed = await longest(page, () => search.pressSequentially("an", { delay: 80 }));
  await search.fill("");
  await page.waitForLoadState("networkidle");
  const header = table(page)
    .getByRole("columnheader", { name: /^Name/ })
    .getByRole("button")
    .first();
  const sorted = await longest(page, () => header.click());
  await page.waitForLoadState("networkidle");
  const dialog = await longest(page, async () => {
    await page.keyboard.press("c");
    await page.getByRole("dialog").waitFor();
  });
  await page.context().close();
  return { typed, sorted, dialog };
}

/**
 * Milliseconds from the click, by the browser's own clock, until the frame in which the other page's heading
 * is there; the second time, as people do it.
 */
async function navigation(slower) {
  const page = await open(slower);
  await visit(page, pages.customers);
  const menu = page.getByRole("navigation").first();
  const go = async (name, path) => {
    const link = menu.getByRole("link", { name }).first();
    const arrived = page.evaluate(
      (expected) =>
        new Promise((resolve) => {
          addEventListener(
            "click",
            ({ timeStamp }) => {
              const look = () =>
                location.pathname === expected && document.querySelector("h1")
                  ? resolve(performance.now() - timeStamp)
                  : requestAnimationFrame(look);
              look();
            },
            { capture: true, once: true },
          );
        }),
      path,
    );
    await link.click({ noWaitAfter: true });
    return await arrived;
  };
  await go(/^Deals/, board);
  await go(/^Customers/, pages.customers);
  const there = await go(/^Deals/, board);
  const back = await go(/^Customers/, pages.customers);
  await page.context().close();
  return Math.max(there, back);
}

/** Frames in a second, and the frame that one in twenty exceeds, while a wheel turns over a loaded list. */
async function scrolling(slower) {
  const page = await open(1);
  await visit(page, pages.customers);
  await table(page).getByRole("link").first().waitFor();
  await page.mouse.move(640, 500);
  const last = () =>
    table(page).evaluate((one) =>
      Math.max(
        0,
        ...[...one.querySelectorAll("[aria-rowindex]")].map((row) =>
          Number(row.getAttribute("aria-rowindex")),
        ),
      ),
    );
  const deadline = Date.now() + 60_000;
  let rows = 0;
  while (rows < ROWS && Date.now() < deadline) {
    await page.mouse.wheel(0, 20_000);
    await page.waitForTimeout(100);
    rows = await last();
  }
  await page.mouse.wheel(0, -1_000_000);
  await page.waitForTimeout(500);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
  const frames = page.evaluate(
    (duration) =>
      new Promise((resolve) => {
        const times = [];
        const end = performance.now() + duration;
        const frame = (now) => {
          times.push(now);
          if (now < end) requestAnimationFrame(frame);
          else resolve(times);
        };
        requestAnimationFrame(frame);
      }),
    SCROLLED_MS,
  );
  for (let turned = 0; turned < SCROLLED_MS / 50; turned++) {
    await page.mouse.wheel(0, 240);
    await page.waitForTimeout(50);
  }
  const times = await frames;
  await page.context().close();
  const gaps = times.slice(1).map((time, n) => time - times[n]);
  const p95 = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length * 0.95)];
  return { rows, fps: (1000 * gaps.length) / (times.at(-1) - times[0]), p95 };
}

async function firstRecord() {
  const page = await open(1);
  await visit(page, pages.customers);
  const href = await table(page).getByRole("link").first().getAttribute("href");
  await page.context().close();
  return new URL(href, origin).pathname;
}

async function repeated(measure) {
  const all = [];
  for (let run = 0; run < runs; run++) all.push(await measure());
  if (typeof all[0] === "number") return median(all);
  return Object.fromEntries(
    Object.keys(all[0]).map((name) => [name, median(all.map((one) => one[name]))]),
  );
}

pages.record = await firstRecord();
const found = {};
for (const slower of [1, 4]) {
  const paints = {};
  for (const [name, path] of Object.entries(pages)) {
    paints[name] = await repeated(() => paint(path, slower, name !== "sign-in"));
  }
  found[slower] = {
    paints,
    interactions: await repeated(() => interactions(slower)),
    navigation: await repeated(() => navigation(slower)),
    scrolling: await repeated(() => scrolling(slower)),
  };
}
await browser.close();
process.stdout.write(`${JSON.stringify(found)}\n`);
