import path from "node:path";
import { expect, type Page } from "@playwright/test";

const DATA = path.resolve(
  import.meta.dirname,
  "../../../../backend/pyfactor/dott/modules/crm/tests/imports/data",
);

/** The Northwind sample customers: 91 rows, 21 countries. */
export const northwind = path.join(DATA, "northwind-customers.csv");
/** The same with unquoted commas inside cells: 24 of the 91 rows have one cell too many. */
export const ragged = path.join(DATA, "northwind-customers-ragged.csv");

/** Two organisations as Pipedrive exports them, and a third with its address in one cell. */
export const pipedrive = path.join(DATA, "layouts/pipedrive-organizations.csv");
/** Three vCards, of versions 3.0, 4.0 and 2.1. */
export const cards = path.join(DATA, "cards.vcf");

type Upload = string | { name: string; mimeType: string; buffer: Buffer };

/** Chooses a file on the upload page. */
export async function choose(page: Page, file: Upload): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file" }).click();
  await (await chooser).setFiles(file);
}

/** From the chosen file to the review, taking what was detected as it is. */
export async function check(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Looks right" }).click();
  await page.getByRole("button", { name: "Check every row" }).click();
  await expect(page.getByRole("heading", { name: "Review before writing" })).toBeVisible();
}

/** A tab of the review by its name and how many rows it holds. */
export function tab(page: Page, name: string, count: number) {
  return page.getByRole("tab", { name: `${name} ${count}`, exact: true });
}
