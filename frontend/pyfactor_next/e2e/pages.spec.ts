import type { Page } from "@playwright/test";
import { type Facts, factsOf, filled } from "./facts";
import { type Look, members, ready, strangers } from "./screens";
import { sessionOf } from "./support/artefacts";
import { expectAccessible, expectNoSidewaysScroll, inBothThemes } from "./support/look";
import { expect, test } from "./support/test";

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
  test("a tab, a home screen and an installed app have their icons", async ({ page, request }) => {
    await page.goto("/sign-in");
    const links = page.locator("link[rel=icon], link[rel=apple-touch-icon], link[rel=manifest]");
    const named = await links.evaluateAll((all) =>
      all.map((one) => one.getAttribute("href") ?? ""),
    );
    expect(named).toHaveLength(4);
    for (const href of named) {
      const answer = await request.get(href);
      expect([href, answer.status()]).toEqual([href, 200]);
    }
  });

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
