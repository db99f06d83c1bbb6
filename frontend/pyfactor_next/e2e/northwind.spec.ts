import { nameBusiness, signUp, slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { check, choose, northwind, tab } from "./support/files";
import { expectAccessible, inBothThemes } from "./support/look";
import { expect, test } from "./support/test";

test("a business signs up, moves its customers in and works with them", async ({
  page,
  stranger,
  elsewhere,
  keep,
}) => {
  test.setTimeout(480_000);
  const list = page.getByRole("table", { name: "Customers" });
  const search = page.getByLabel("Search customers", { exact: true });
  const kaeseladen = page.getByRole("link", { name: "Ottilies Käseladen" });
  let slug = "";
  let record = "";

  await test.step("signs up and names the business", async () => {
    await signUp(page, stranger);
    await inBothThemes(page, async (theme) => {
      await expectAccessible(page);
      await keep(`onboarding-${theme}`);
    });
    await nameBusiness(page, "Berg Lanterns");
    await page.getByRole("link", { name: /^Import a file/ }).click();
    await page.waitForURL(/\/imports\/new/);
    slug = slugOf(page);
  });

  await test.step("imports the file", async () => {
    await choose(page, northwind);
    await expect(page.getByRole("heading", { name: "Check the file" })).toBeVisible();
    await expectAccessible(page);
    await keep("import-file");
    await page.getByRole("button", { name: "Looks right" }).click();
    await expect(page.getByRole("heading", { name: "Match columns to fields" })).toBeVisible();
    await expectAccessible(page);
    await keep("import-columns");
    await page.getByRole("button", { name: "Check every row" }).click();
    await expect(tab(page, "New", 91)).toBeVisible();
    await expect(tab(page, "Needs attention", 0)).toBeVisible();
    await expectAccessible(page);
    await keep("import-review");
    await page.getByRole("button", { name: "Add 91 customers" }).click();
    await expect(page.getByRole("heading", { name: "Your customers are in" })).toBeVisible();
    await expectAccessible(page);
    await keep("import-result");
    await page.getByRole("link", { name: "Go to customers" }).click();
    await expect(page.getByText("91 customers")).toBeVisible();
    await keep("customers-northwind");
  });

  await test.step("importing it again would change nothing", async () => {
    await page.goto(`/${slug}/imports/new`);
    await choose(page, northwind);
    await check(page);
    await expect(tab(page, "Unchanged", 91)).toBeVisible();
    await expect(page.getByRole("button", { name: "Nothing to write" })).toBeDisabled();
  });

  await test.step("sorts and filters", async () => {
    await page.goto(`/${slug}/customers`);
    const first = list.locator("[data-row-id]").first();
    const header = list.getByRole("columnheader", { name: /^Name/ }).getByRole("button").first();
    await header.click();
    await expect(first).toContainText("Alfreds Futterkiste");
    await header.click();
    await expect(first).toContainText("Wolski Zajazd");
    await page.getByRole("button", { name: "Filter" }).click();
    const filter = page.getByRole("dialog", { name: "Filter" });
    await filter.getByRole("button", { name: "Country" }).click();
    await filter.getByRole("checkbox", { name: "Germany" }).click();
    await page.keyboard.press("Escape");
    await expect(page.getByText("11 customers")).toBeVisible();
    await page.reload();
    await expect(page.getByText("11 customers")).toBeVisible();
    await expect(first).toContainText("Toms Spezialitäten");
    await page.getByRole("button", { name: "Clear all" }).click();
    await expect(page.getByText("91 customers")).toBeVisible();
  });

  await test.step("finds a city with and without its accent", async () => {
    for (const text of ["köln", "koln"]) {
      await search.fill(text);
      await expect(page.getByText("1 customer", { exact: true })).toBeVisible();
      await expect(kaeseladen).toBeVisible();
    }
  });

  await test.step("opens it beside the list, then on its own page", async () => {
    await kaeseladen.click();
    const panel = page.getByRole("complementary", { name: "Ottilies Käseladen" });
    await expect(panel.getByText("Mehrheimerstr. 369")).toBeVisible();
    await panel.getByRole("button", { name: "Open the full page" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ottilies Käseladen");
    await expect(page).toHaveTitle("Ottilies Käseladen · Dott");
    await expect(page.getByText("+49 221 064 4327")).toBeVisible();
    await page.reload();
    await expect(page).toHaveTitle("Ottilies Käseladen · Dott");
    record = new URL(page.url()).pathname;
  });

  await test.step("edits in place and keeps its own in a conflict", async () => {
    const city = (tabPage = page) => tabPage.getByRole("button", { name: /^City / });
    await city().click();
    await page.getByRole("textbox", { name: "City" }).fill("Köln-Deutz");
    await page.keyboard.press("Enter");
    await expect(page.getByText("City saved")).toBeVisible();

    const second = await page.context().newPage();
    await second.goto(record);
    // A page that has just been drawn is not alive yet.
    await expect(async () => {
      await city(second).click({ timeout: 1_000 });
      await expect(second.getByRole("textbox", { name: "City" })).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await second.getByRole("textbox", { name: "City" }).fill("Köln-Kalk");
    await city().click();
    await page.getByRole("textbox", { name: "City" }).fill("Köln-Mülheim");
    await page.keyboard.press("Enter");
    await expect(city()).toHaveText("Köln-Mülheim");
    await second.keyboard.press("Enter");
    const conflict = second.getByRole("alert", { name: "Conflict" });
    await expect(conflict).toContainText("Köln-Mülheim");
    await expectAccessible(second);
    await keep("record-conflict", second);
    await conflict.getByRole("button", { name: "Keep mine" }).click();
    await expect(conflict).toBeHidden();
    await expect(city(second)).toHaveText("Köln-Kalk");
    await second.reload();
    await expect(city(second)).toHaveText("Köln-Kalk");
    await second.close();
  });

  await test.step("another business sees none of it", async () => {
    const rival = await elsewhere({ storageState: sessionOf("rival") });
    const response = await rival.goto(record);
    expect(response?.status()).toBe(404);
    await rival.goto("/");
    await rival.waitForURL(/\/customers/);
    await rival.goto(record.replace(slug, slugOf(rival)));
    await expect(rival.getByRole("heading", { name: "Not found" })).toBeVisible();
  });

  await test.step("deletes, undoes, deletes again and restores from the trash", async () => {
    const remove = async () => {
      await page.goto(record);
      await page.locator("main header").getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      await expect(page.getByText("Ottilies Käseladen deleted")).toBeVisible();
      await expect(page.getByText("90 customers")).toBeVisible();
    };
    await remove();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("Undone", { exact: true }).first()).toBeVisible();
    await expect(page.getByText("91 customers")).toBeVisible();
    await remove();
    await page.getByRole("button", { name: "Trash" }).click();
    await expect(page.getByRole("heading", { name: "Trash" })).toBeVisible();
    await expect(page.getByText("1 customer", { exact: true })).toBeVisible();
    await keep("customers-trash-one");
    await page.getByRole("button", { name: "Restore" }).click();
    await expect(page.getByRole("heading", { name: "The trash is empty" })).toBeVisible();
    await page.getByRole("button", { name: "Trash" }).click();
    await expect(page.getByText("91 customers")).toBeVisible();
  });

  await test.step("signs out, and nothing is left behind", async () => {
    await page.getByRole("button", { name: "Account menu" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto(record);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await page.goBack();
    await expect(page.getByText("Ottilies Käseladen")).toBeHidden();
  });
});
