import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { rivalAccount, signIn, slugOf } from "./support/accounts";
import { expectAccessible, inBothThemes } from "./support/look";
import { expect, test } from "./support/test";

// A worker that is behind.
const MADE = { timeout: 90_000 };

test("an owner takes the whole business along in one file whose sum is shown", async ({
  page,
  keep,
}) => {
  // Signed in anew, so nobody is asked whether it is still he.
  await signIn(page, rivalAccount());
  await page.waitForURL(/\/customers/);
  await page.goto(`/${slugOf(page)}/settings/your-data`);
  await expect(page.getByText("No file yet")).toBeVisible();
  await expect(page.getByRole("list", { name: "What is in the file" })).toContainText("NDJSON");
  await expectAccessible(page);
  await inBothThemes(page, (theme) => keep(`your-data-empty-${theme}`));

  await page.getByRole("button", { name: "Make the file" }).click();
  const row = page.getByRole("list", { name: "Files" }).getByRole("listitem").first();
  await expect(row).toContainText("Ready", MADE);
  await expectAccessible(page);
  await inBothThemes(page, (theme) => keep(`your-data-ready-${theme}`));

  const saved = page.waitForEvent("download");
  await row.getByRole("button", { name: /^Download the file of/ }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^business-\d{4}-\d\d-\d\d\.zip$/);
  const content = await readFile(await download.path());
  const sum = createHash("sha256").update(content).digest("hex");
  await expect(row.getByText(sum)).toBeVisible();
  // A zip, and the records in it are named in its directory.
  expect(content.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
  expect(content.includes("data/crm.customer.ndjson")).toBe(true);

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(row).toContainText("Ready");
  await keep("your-data-phone");
});
