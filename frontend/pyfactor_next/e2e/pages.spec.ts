import type { Page } from "@playwright/test";
import { type Facts, factsOf, filled } from "./facts";
import { type Look, members, ready, strangers } from "./screens";
import { sessionOf } from "./support/artefacts";
import { expectAccessible, expectNoSidewaysScroll, inBothThemes } from "./support/look";
import { test } from "./support/test";

const PHONE = { width: 390, height: 844 };

async function lookAt(page: Page, look: Look, keep: (name: string) => Promise<void>) {
  const { name } = look;
  await ready(page, look);
  await inBothThemes(page, async (theme) => {
    await expectAccessible(page);
    await keep(`${name}-${theme}`);
  });
  await page.setViewportSize(PHONE);
  await ready(page, {});
  await expectNoSidewaysScroll(page);
  await keep(`${name}-phone`);
}

test.describe("without a session", () => {
  for (const look of strangers) {
    // ASVS 3.6.1, 14.2.3
    test(`${look.name} is accessible, in light, dark and on a phone`, async ({ page, keep }) => {
      await page.goto(look.path);
      await lookAt(page, look, keep);
    });
  }
});

test.describe("with a session", () => {
  test.use({ storageState: sessionOf("demo") });
  let facts: Facts;

  test.beforeAll(async ({ playwright, baseURL }) => {
    facts = await factsOf(playwright.request, sessionOf("demo"), baseURL);
  });

  for (const look of members) {
    test(`${look.name} is accessible, in light, dark and on a phone`, async ({ page, keep }) => {
      await page.goto(await filled(look.path, facts));
      await lookAt(page, look, keep);
    });
  }
});
