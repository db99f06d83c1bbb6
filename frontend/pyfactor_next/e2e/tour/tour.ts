import type { Page } from "@playwright/test";
import { type Facts, factsOf, filled } from "../facts";
import { type Look, members, ready, strangers } from "../screens";
import { sessionOf } from "../support/artefacts";
import { check, choose, northwind } from "../support/files";
import { test } from "../support/test";
import { shoot, WAYS, type Way } from "./album";

/** A walk to a state that no address leads to; some need an API that fails. */
const states: Look[] = [
  { name: "imports-file", path: "/{slug}/imports/new", open: (page) => choose(page, northwind) },
  {
    name: "imports-review",
    path: "/{slug}/imports/new",
    open: async (page) => {
      await choose(page, northwind);
      await check(page);
    },
  },
];
const failing = ["sessions", "members", "security"].map((name) => ({
  name: `error-settings-${name}`,
  path: `/{slug}/settings/${name}`,
}));

async function takeIn(page: Page, look: Look, path: string, way: Way): Promise<void> {
  // What reads English to get there cannot be walked in Arabic.
  if (way.language !== undefined && look.open) return;
  await page.goto(path);
  if (look.name.startsWith("error-")) await page.waitForTimeout(4_000);
  await ready(page, look);
  await shoot(page, look.name, way);
}

for (const way of WAYS) {
  test.describe(way.name, () => {
    test.use({
      viewport: way.viewport,
      colorScheme: way.colorScheme,
      ...(way.language ? { locale: way.language } : {}),
    });

    for (const look of strangers) {
      test(look.name, ({ page }) => takeIn(page, look, look.path, way));
    }

    for (const who of ["demo", "rival"] as const) {
      test.describe(who, () => {
        test.use({ storageState: sessionOf(who) });
        let facts: Facts;
        test.beforeAll(async ({ playwright, baseURL }) => {
          facts = await factsOf(playwright.request, sessionOf(who), baseURL);
        });
        // The rival's business is empty: every list as one sees it first.
        const looks = who === "demo" ? [...members, ...states] : members.filter(isPlain);
        for (const look of looks) {
          const name = who === "demo" ? look.name : `empty-${look.name}`;
          test(name, async ({ page }) => {
            await takeIn(page, { ...look, name }, await filled(look.path, facts), way);
          });
        }
        for (const look of who === "demo" ? failing : []) {
          test(look.name, async ({ page }) => {
            await page.route(/\/api\/(?!auth\/me\/)/, (route) => route.abort());
            await takeIn(page, look, await filled(look.path, facts), way);
          });
        }
      });
    }
  });
}

function isPlain({ path, open, press }: Look): boolean {
  return path.startsWith("/{slug}/") && !open && !press && !/[?#]|\{(?!slug)/.test(path);
}
