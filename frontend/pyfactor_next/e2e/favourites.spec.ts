import type { Locator, Page } from "@playwright/test";
import { sessionOf } from "./support/artefacts";
import { expectAccessible } from "./support/look";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

const rows = (page: Page): Locator => page.getByRole("table").locator("[data-row-id]");
const favourites = (page: Page): Locator => page.getByRole("region", { name: "Favourites" });

async function openList(page: Page, search = ""): Promise<void> {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  await page.goto(`${new URL(page.url()).pathname}${search}`);
  await expect(rows(page).first()).toBeVisible();
}

test("a record gets a star, stands in the sidebar and leads back to it", async ({ page, keep }) => {
  await openList(page, "?ordering=name");
  const list = new URL(page.url()).pathname;
  const id = await rows(page).first().getAttribute("data-row-id");
  await page.goto(`${list}/${id}`);
  const name = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";

  const star = page.getByRole("button", { name: "Add to favourites" });
  await star.click();
  await expect(page.getByRole("button", { name: "Remove from favourites" })).toBeVisible();
  const link = favourites(page).getByRole("link", { name });
  await expect(link).toHaveAttribute("aria-current", "page");
  await expectAccessible(page);
  await keep("favourite");

  await test.step("it is kept, and found from another page", async () => {
    await openList(page, "?ordering=-name");
    await link.click();
    await expect(page).toHaveURL(new RegExp(`${list}/${id}`));
  });

  await test.step("the cross in the sidebar takes the star away", async () => {
    await favourites(page)
      .getByRole("button", { name: `Remove ${name} from favourites` })
      .click();
    await expect(favourites(page)).toBeHidden();
    await expect(star).toBeVisible();
  });
});

test("a view is pinned to the sidebar and opens as it was kept", async ({ page, keep }) => {
  const name = `Pinned ${Date.now().toString(36)}`;
  await openList(page, "?ordering=-name&stage=customer");
  await page.getByRole("button", { name: "Save as new" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as a new view" });
  await dialog.getByLabel(/^Name/).fill(name);
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toBeHidden();
  const view = page.getByRole("main").getByRole("button", { name });
  await view.click();
  await page.getByRole("button", { name: `Actions of ${name}` }).click();
  await page.getByRole("menuitem", { name: "Pin to the sidebar" }).click();
  await page.keyboard.press("Escape");
  const link = favourites(page).getByRole("link", { name });
  await expect(link).toBeVisible();
  await keep("pinned-view");

  await test.step("from the plain list the link brings filter and order back", async () => {
    await openList(page, "?ordering=name");
    await link.click();
    await expect(page).toHaveURL(/ordering=-name/);
    await expect(page).not.toHaveURL(/pinned=/);
    await expect(view).not.toContainText("Changed");
    const stages = rows(page).locator("[data-column=stage]");
    await expect(stages.first()).toHaveText("Customer");
    await expect(stages.filter({ hasNotText: "Customer" })).toHaveCount(0);
  });

  await test.step("it goes when the view is deleted", async () => {
    await view.click();
    await page.getByRole("button", { name: `Actions of ${name}` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(favourites(page)).toBeHidden();
  });
});
