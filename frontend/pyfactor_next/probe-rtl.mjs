import { chromium } from "@playwright/test";

const [, , mode = "rtl", ...paths] = process.argv;
const b = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const c = await b.newContext({
  viewport: { width: 1280, height: 800 },
  locale: process.env.LOC || "en-GB",
});
const p = await c.newPage();
if (mode === "rtl")
  await p.addInitScript(() => {
    const f = () => {
      if (document.documentElement && document.documentElement.dir !== "rtl")
        document.documentElement.dir = "rtl";
    };
    new MutationObserver(f).observe(document, { childList: true, subtree: true });
    f();
  });
const base = process.env.BASE || "http://localhost:3000";
await p.goto(base + "/sign-in");
await p.waitForTimeout(800);
await p.screenshot({ path: "/tmp/words-shots/sign-in.png" });
await p.locator("input[type=email]").fill("demo@dott.example");
await p.locator("input[type=password]").fill(process.env.PW);
await p.locator("button[type=submit]").click();
await p.waitForURL(/customers/);
await p.waitForTimeout(1500);
const slug = new URL(p.url()).pathname.split("/")[1];
await p.screenshot({ path: "/tmp/words-shots/customers.png" });
const id = await p.evaluate(
  async () => (await (await fetch("/api/crm/customers/?limit=1&fields=id")).json()).results[0].id,
);
const list = paths.length
  ? paths
  : [
      "customers?open=" + id,
      "customers/" + id,
      "settings/profile",
      "settings/security",
      "imports",
      "imports/new",
      "customers?new=1",
    ];
for (const x of list) {
  await p.goto(`${base}/${slug}/${x.replace("ID", id)}`);
  await p.waitForTimeout(1200);
  await p.screenshot({ path: `/tmp/words-shots/${x.replace(/[^a-z]+/gi, "-").slice(0, 30)}.png` });
}
await p.goto(`${base}/${slug}/customers`);
await p.waitForTimeout(800);
await p.keyboard.press("Control+k");
await p.waitForTimeout(700);
await p.screenshot({ path: `/tmp/words-shots/palette.png` });
await p.keyboard.press("Escape");
await p.locator("[role=row] [role=checkbox]").nth(2).click();
await p.waitForTimeout(400);
await p.screenshot({ path: `/tmp/words-shots/selected.png` });
await p.setViewportSize({ width: 390, height: 844 });
await p.waitForTimeout(500);
await p.screenshot({ path: `/tmp/words-shots/phone.png` });
await b.close();
