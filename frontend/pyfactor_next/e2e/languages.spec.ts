import { sessionOf } from "./support/artefacts";
import { expectAccessible, expectNoSidewaysScroll } from "./support/look";
import { expect, test } from "./support/test";

const PHONE = { width: 390, height: 844 };

test("the browser's language is spoken, and one from right to left turns the page round", async ({
  elsewhere,
  keep,
}) => {
  await test.step("in German, from left to right", async () => {
    const page = await elsewhere({ locale: "de-CH" });
    await page.goto("/sign-in");
    await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
    await expect(page.getByRole("button", { name: "Anmelden" })).toBeVisible();
  });

  await test.step("in Arabic, from right to left, with one's own records", async () => {
    const page = await elsewhere({ locale: "ar", storageState: sessionOf("demo") });
    await page.goto("/");
    await page.waitForURL(/\/customers/);
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await expect(page.locator("html")).toHaveAttribute("lang", "ar");
    const rows = page.getByRole("table", { name: "العملاء" }).locator("[data-row-id]");
    await expect(rows.first()).toBeVisible();
    // The navigation is where reading begins.
    const [navigation, width] = await Promise.all([
      page.getByRole("navigation").first().boundingBox(),
      page.evaluate(() => window.innerWidth),
    ]);
    expect((navigation?.x ?? 0) + (navigation?.width ?? 0)).toBe(width);
    await expectAccessible(page);
    await keep("customers-rtl", page);
    await page.setViewportSize(PHONE);
    await expectNoSidewaysScroll(page);
    await keep("customers-rtl-phone", page);
  });
});

test("the app can be installed: it has a manifest with icons", async ({ page }) => {
  await page.goto("/sign-in");
  const address = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = await (await page.request.get(address ?? "")).json();
  expect(manifest).toMatchObject({ display: "standalone" });
  for (const { src, type } of manifest.icons as { src: string; type: string }[]) {
    const icon = await page.request.get(src);
    expect([icon.status(), icon.headers()["content-type"]]).toEqual([200, type]);
  }
});
