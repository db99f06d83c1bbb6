import { rivalAccount, signIn, slugOf } from "./support/accounts";
import { call } from "./support/console";
import { expectAccessible, inBothThemes } from "./support/look";
import { expect, test } from "./support/test";

test("a person is found, handed her data and erased, and a certificate stays", async ({
  page,
  keep,
}) => {
  // Signed in anew, so nobody is asked whether it is still she.
  await signIn(page, rivalAccount());
  await page.waitForURL(/\/customers/);
  const slug = slugOf(page);
  await call(page, "/api/auth/csrf/");
  const made = await call(page, "/api/crm/contacts/", {
    method: "POST",
    body: { first_name: "Vanya", last_name: "Erasable", email: "vanya@example.com" },
  });
  expect(made.status).toBe(201);

  await page.goto(`/${slug}/settings/privacy`);
  await page.getByRole("button", { name: "Find everywhere" }).click();
  await expect(page.getByText("Enter an e-mail address, a phone number or a name.")).toBeVisible();
  await page.getByLabel("E-mail").fill("vanya@example.com");
  await page.getByRole("button", { name: "Find everywhere" }).click();
  await page.getByRole("checkbox", { name: "Vanya Erasable" }).click();
  await expectAccessible(page);
  await inBothThemes(page, (theme) => keep(`privacy-found-${theme}`));

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save a copy of the data" }).click();
  expect((await saved).suggestedFilename()).toBe("person.zip");

  await page.getByRole("button", { name: "Erase for good" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Contacts: removed")).toBeVisible();
  await dialog.getByLabel("Type Vanya Erasable to confirm").fill("Vanya");
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await expect(dialog.getByLabel("Type Vanya Erasable to confirm")).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await dialog.getByLabel("Type Vanya Erasable to confirm").fill("vanya erasable");
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await expect(dialog.getByText(/^[0-9a-f]{32}$/)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();

  await page.getByRole("button", { name: "Show" }).first().click();
  await expect(dialog.getByText("Contacts: removed")).toBeVisible();
  await expect(dialog).not.toContainText("Vanya");
  await keep("privacy-certificate");
  await page.keyboard.press("Escape");

  await page.getByLabel("E-mail").fill("vanya@example.com");
  await page.getByRole("button", { name: "Find everywhere" }).click();
  await expect(page.getByText("Nothing was found.")).toBeVisible();
});
