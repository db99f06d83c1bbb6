import { nameBusiness, signUp } from "./support/accounts";
import { choose, northwind, tab } from "./support/files";
import { expect, test } from "./support/test";

test("a business signs up, imports its customers, lists them and signs out", async ({
  page,
  stranger,
}) => {
  await signUp(page, stranger);
  await nameBusiness(page, "Berg Lanterns");
  await page.getByRole("link", { name: /^Import a file/ }).click();
  await choose(page, northwind);
  await page.getByRole("button", { name: "Looks right" }).click();
  await page.getByRole("button", { name: "Check every row" }).click();
  await expect(tab(page, "New", 91)).toBeVisible();
  await page.getByRole("button", { name: "Add 91 customers" }).click();
  await page.getByRole("link", { name: "Go to customers" }).click();
  await expect(page.getByText("91 customers")).toBeVisible();
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});
