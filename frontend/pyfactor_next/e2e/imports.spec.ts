import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { cards, check, choose, pipedrive, ragged, tab } from "./support/files";
import { expectAccessible, expectNoSidewaysScroll } from "./support/look";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

async function customerCount(page: Page): Promise<number> {
  const list = await page.request.get("/api/crm/customers/?limit=1&fields=id&count=exact");
  return (await list.json()).count;
}

async function openUpload(page: Page): Promise<string> {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  const slug = slugOf(page);
  await page.goto(`/${slug}/imports/new`);
  return slug;
}

test("a file that cannot be read is refused with its reason, and writes nothing", async ({
  page,
  keep,
}) => {
  await openUpload(page);
  const before = await customerCount(page);
  const text = (name: string, content: string) => ({
    name,
    mimeType: "text/csv",
    buffer: Buffer.from(content),
  });
  const png = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000", "hex");
  const refused = [
    [text("empty.csv", ""), /empty/i],
    [text("blank.csv", "\n\n  \n"), /no text/],
    [{ name: "picture.png", mimeType: "image/png", buffer: png }, /CSV/],
    [{ name: "picture.csv", mimeType: "text/csv", buffer: png }, /not a|binary|text/i],
    [text("twice.csv", "Name,City,Name\nAlfred,Berlin,Ana\n"), /Name/],
  ] as const;
  for (const [file, reason] of refused) {
    await choose(page, file);
    const alert = page.getByRole("alert").filter({ hasText: `“${file.name}” was not imported` });
    await expect(alert, file.name).toContainText(reason);
    await expect(alert).toContainText("Nothing was written.");
    await expect(page).toHaveURL(/\/imports\/new/);
  }
  await expectAccessible(page);
  await keep("import-refused");
  expect(await customerCount(page)).toBe(before);
});

test("rows that do not fit are named, mended or left out, and all of it can be taken back", async ({
  page,
  keep,
}) => {
  test.setTimeout(480_000);
  const slug = await openUpload(page);
  const before = await customerCount(page);
  await choose(page, ragged);
  await check(page);
  await expect(tab(page, "New", 67)).toBeVisible();
  await expect(tab(page, "Needs attention", 24)).toBeVisible();

  const rows = page.getByRole("table").locator("[data-row-id]");
  await expect(rows.first()).toContainText("Alfreds Futterkiste");
  await page.getByRole("button", { name: "Only rows with a warning" }).click();
  await expect(rows.first()).toContainText("Ana Trujillo");
  await expect(rows.filter({ hasNotText: "number" })).toHaveCount(0);
  await keep("import-review-warned");
  await page.getByRole("button", { name: "Only rows with a warning" }).click();
  await expect(rows.first()).toContainText("Alfreds Futterkiste");

  await tab(page, "Needs attention", 24).click();
  await page.getByText("Blondesddsl père et fils").first().click();
  const row = page.getByRole("complementary", { name: "Line 8" });
  await expect(row).toContainText("One cell too many.");
  await expectAccessible(page);
  await keep("import-row");
  await row.getByRole("button", { name: "Join “24, place Kléber”" }).click();
  await expect(row).toContainText("The number of cells fits now.");
  await row.getByRole("button", { name: "Save and check" }).click();
  await expect(tab(page, "New", 68)).toBeVisible();

  // The next one of the list is open now.
  await expect(row).toBeHidden();
  await page.getByRole("button", { name: "Leave this row out" }).click();
  await expect(tab(page, "Left out", 1)).toBeVisible();
  await expect(tab(page, "Needs attention", 22)).toBeVisible();
  await keep("import-review-ragged");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Close" }).click();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await keep("import-review-phone");
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole("button", { name: "Add 68 customers" }).click();
  await expect(page.getByRole("heading", { name: "Your customers are in" })).toBeVisible();
  expect(await customerCount(page)).toBe(before + 68);
  const found = await page.request.get("/api/crm/customers/?q=Blondesddsl");
  expect((await found.json()).results).toMatchObject([
    { billing_line1: "24, place Kléber", billing_city: "Strasbourg", billing_country: "FR" },
  ]);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download rows not imported" }).click();
  const rest = await download;
  expect(rest.suggestedFilename()).toMatch(/\.csv$/);
  const lines = (await readFile(await rest.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines[0]).toMatch(/^\uFEFFImport line,Import problem,customerID,/);
  expect(lines.filter((line) => line.includes("Left out by hand."))).toHaveLength(1);
  expect(lines).toHaveLength(24);

  // By its tag the list shows what came in, and the tray leads back.
  await page.getByRole("link", { name: /^import:northwind-customers-ragged/ }).click();
  await expect(page).toHaveURL(/\/customers\?tag=/);
  const tray = page.getByRole("region", { name: "Long jobs" });
  await tray.getByRole("button", { name: "1 job is done" }).click();
  await expect(tray).toContainText("68 added, 0 changed");
  await expectAccessible(page);
  await keep("jobs-tray");
  await tray.getByRole("link", { name: "Open" }).click();
  await expect(page.getByRole("heading", { name: "Your customers are in" })).toBeVisible();
  await expect(tray).toHaveCount(0);

  await page.getByRole("button", { name: "Revert import" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revert import" }).click();
  await expect(page.getByRole("heading", { name: "The import is taken back" })).toBeVisible();
  await keep("import-reverted");
  expect(await customerCount(page)).toBe(before);
  const tags = await (await page.request.get("/api/crm/tags/?limit=200")).text();
  expect(tags).not.toContain("import:northwind-customers-ragged");

  await page.goto(`/${slug}/imports`);
  await expect(page.getByText("68 removed again").first()).toBeVisible();
  await keep("imports-list");
});

test("another program's export needs no mapping, and its choices are remembered until forgotten", async ({
  page,
  keep,
}) => {
  await openUpload(page);
  await choose(page, pipedrive);
  await page.getByRole("button", { name: "Looks right" }).click();
  await expect(page.getByText("Recognised as a Pipedrive export.")).toBeVisible();
  const name = page.getByRole("combobox", { name: "Field for column Organization - Name" });
  await expect(name).toHaveValue("Business name");
  await expectAccessible(page);
  await keep("import-recognised");
  await page.getByRole("button", { name: "Check every row" }).click();
  await expect(tab(page, "New", 3)).toBeVisible();
  await page.getByRole("button", { name: "Add 3 customers" }).click();
  await expect(page.getByRole("heading", { name: "Your customers are in" })).toBeVisible();
  const applied = page.url();

  await openUpload(page);
  await choose(page, pipedrive);
  await page.getByRole("button", { name: "Looks right" }).click();
  await expect(
    page.getByText(/Starts with the choices of pipedrive-organizations.csv/),
  ).toBeVisible();
  await keep("import-remembered");
  await page.getByRole("button", { name: "Forget and match anew" }).click();
  await expect(page.getByText(/Starts with the choices/)).toHaveCount(0);
  await expect(page.getByText("Recognised as a Pipedrive export.")).toBeVisible();

  await page.goto(applied);
  await page.getByRole("button", { name: "Revert import" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revert import" }).click();
  await expect(page.getByRole("heading", { name: "The import is taken back" })).toBeVisible();
});

test("vCards are read as rows, and a broken one is named and mended", async ({ page, keep }) => {
  const slug = await openUpload(page);
  await choose(page, cards);
  await expect(page.getByText("vCards (.vcf)")).toBeVisible();
  await keep("import-cards-file");
  await page.getByRole("button", { name: "Looks right" }).click();
  await expect(page.getByText("Read from vCards, one row for each card.")).toBeVisible();
  await keep("import-cards");
  await page.getByRole("button", { name: "Check every row" }).click();
  await expect(tab(page, "New", 3)).toBeVisible();
  const rows = page.getByRole("table").locator("[data-row-id]");
  await expect(rows.filter({ hasText: "Alfreds Futterkiste" })).toContainText("Berlin");

  await page.goto(`/${slug}/imports/new`);
  const broken = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Byron\r\nnonsense\r\nEND:VCARD\r\n";
  await choose(page, { name: "ada.vcf", mimeType: "text/vcard", buffer: Buffer.from(broken) });
  await check(page);
  await tab(page, "Needs attention", 1).click();
  await page.getByText("Ada Byron").first().click();
  const row = page.getByRole("complementary", { name: "Line 1" });
  await expect(row).toContainText("A line of this card cannot be read");
  await keep("import-card-broken");
  await row.getByRole("button", { name: "Save and check" }).click();
  await expect(tab(page, "New", 1)).toBeVisible();
});

test("a column without a field gets one of its own, and conflicts stand apart from bad cells", async ({
  page,
  keep,
}) => {
  const mark = Date.now().toString(36);
  await openUpload(page);
  const content = `ID,Company,E-mail,Size ${mark}\na${mark},Acme,,41\na${mark},Acme again,,42\nb${mark},Beta,nonsense,43\n`;
  await choose(page, {
    name: `fair-${mark}.csv`,
    mimeType: "text/csv",
    buffer: Buffer.from(content),
  });
  await page.getByRole("button", { name: "Looks right" }).click();
  await page.getByRole("button", { name: `New field for column Size ${mark}` }).click();
  const dialog = page.getByRole("dialog", { name: "New field" });
  await expect(dialog.getByLabel(/^Name/)).toHaveValue(`Size ${mark}`);
  await expect(dialog.getByLabel("Type", { exact: true })).toContainText("Number");
  await expectAccessible(page);
  await keep("import-new-field");
  await dialog.getByRole("button", { name: "Add field" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("combobox", { name: `Field for column Size ${mark}` })).toHaveValue(
    `Size ${mark}`,
  );
  await page.getByRole("textbox", { name: "Name of the tag" }).fill(`Fair ${mark}`);
  await page.getByRole("button", { name: "Check every row" }).click();

  await tab(page, "Conflicts", 1).click();
  const rows = page.getByRole("table").locator("[data-row-id]");
  await expect(rows).toContainText("Line 2 of this file is about the same customer.");
  await expectAccessible(page);
  await keep("import-conflicts");
  await tab(page, "Needs attention", 1).click();
  await expect(rows).toContainText("nonsense");
  await page.getByRole("button", { name: "Add 1 customer" }).click();
  await expect(page.getByRole("link", { name: `Fair ${mark}` })).toBeVisible();
  const found = await page.request.get(`/api/crm/customers/?q=a${mark}`);
  expect((await found.json()).results).toMatchObject([{ custom: { [`size_${mark}`]: "41" } }]);

  await page.getByRole("button", { name: "Revert import" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revert import" }).click();
  await expect(page.getByRole("heading", { name: "The import is taken back" })).toBeVisible();
  const { body } = await call(page, "/api/crm/custom-fields/?limit=200");
  const fields = body["results"] as { id: string; key: string; version: number }[];
  const made = fields.filter(({ key }) => key === `size_${mark}`);
  expect(made).toHaveLength(1);
  for (const { id, version } of made) {
    const archived = await call(page, `/api/crm/custom-fields/${id}/`, {
      method: "PATCH",
      headers: { "If-Match": `"${version}"` },
      body: { is_archived: true },
    });
    expect(archived.status).toBe(200);
  }
});
