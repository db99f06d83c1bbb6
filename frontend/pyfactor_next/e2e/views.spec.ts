import type { Locator, Page } from "@playwright/test";
import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { expectAccessible } from "./support/look";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

const table = (page: Page): Locator => page.getByRole("table", { name: "Customers" });
const rows = (page: Page): Locator => table(page).locator("[data-row-id]");
const bar = (page: Page): Locator => page.getByRole("region", { name: "Selected records" });

async function openList(page: Page, search = ""): Promise<void> {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  await page.goto(`${new URL(page.url()).pathname}${search}`);
  await expect(rows(page).first()).toBeVisible();
}

async function choose(page: Page, label: string, option: string, scope: Locator): Promise<void> {
  await scope.getByLabel(label, { exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

function filterSearch(node: object): string {
  return `?${new URLSearchParams({ filter: JSON.stringify(node) })}`;
}

test("many customers are edited and assigned at once, and that is taken back", async ({
  page,
  keep,
}) => {
  await openList(page, "?ordering=name");
  const ids = await rows(page).evaluateAll((all) =>
    all.slice(0, 4).map((row) => row.getAttribute("data-row-id")),
  );
  const only = filterSearch({ field: "id", op: "in", value: ids });
  await openList(page, only);
  await expect(rows(page)).toHaveCount(4);

  await test.step("a range is selected with Shift", async () => {
    await rows(page).nth(0).getByRole("checkbox").click();
    await rows(page)
      .nth(2)
      .getByRole("checkbox")
      .click({ modifiers: ["Shift"] });
    await expect(bar(page).getByText("3 selected")).toBeVisible();
    await bar(page).getByRole("button", { name: "Select all 4 matching" }).click();
    await expect(bar(page).getByText("All 4 selected")).toBeVisible();
    await keep("bulk-bar");
  });

  await test.step("edits them, and Undo takes it back", async () => {
    const stages = () => rows(page).locator("[data-column=stage]").allTextContents();
    const before = await stages();
    await bar(page).getByRole("button", { name: "Edit" }).click();
    const dialog = page.getByRole("dialog", { name: "Edit 4 records" });
    await choose(page, "New value", "Partner", dialog);
    await expectAccessible(page);
    await keep("bulk-edit");
    await dialog.getByRole("button", { name: "Change 4 records" }).click();
    await expect(page.getByText(/^[234] records changed$/)).toBeVisible();
    await expect.poll(stages).toEqual(Array(4).fill("Partner"));
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(stages).toEqual(before);
  });

  await test.step("assigns them", async () => {
    await bar(page).getByRole("button", { name: "Assign" }).click();
    await page.getByRole("button", { name: "Assign 4 records" }).click();
    await expect(page.getByText(/records? assigned|Nothing was to change/)).toBeVisible();
  });
});

test("a list is kept as a view that everybody sees, opened again and changed", async ({
  page,
  keep,
}) => {
  const name = `Partners ${Date.now().toString(36)}`;
  await openList(page, "?ordering=-name&stage=customer");
  const found = await page.getByText(/^\d+ customers?$/).textContent();
  await page.getByRole("button", { name: "Save as new" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as a new view" });
  await dialog.getByLabel(/^Name/).fill(name);
  await dialog.getByText("Everybody", { exact: true }).click();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toBeHidden();

  await openList(page);
  await page.getByRole("button", { name: /^All customers/ }).click();
  const menu = page.getByRole("dialog", { name: "Views" });
  const shared = menu.getByRole("region", { name: "Shared views" });
  await expect(shared.getByRole("button", { name, exact: true })).toBeVisible();
  await expectAccessible(page);
  await keep("views-menu");
  await shared.getByRole("button", { name, exact: true }).click();
  await expect(menu).toBeHidden();
  await expect(page.getByText(found ?? "", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name })).not.toContainText("Changed");

  // Another order is a change of the view, which is kept with it.
  await table(page)
    .getByRole("columnheader", { name: /^Name/ })
    .getByRole("button")
    .first()
    .click();
  await expect(page.getByRole("button", { name })).toContainText("Changed");
  await page.getByRole("button", { name: "Save view" }).click();
  await expect(page.getByRole("button", { name })).not.toContainText("Changed");

  const { body } = await call(page, "/api/crm/views/?limit=200");
  const all = body["results"] as { id: string; name: string; visibility: string }[];
  const kept = all.find((view) => view.name === name);
  expect(kept?.visibility).toBe("shared");
  const headers = { "If-Match": "*" };
  await call(page, `/api/crm/views/${kept?.id}/`, { method: "DELETE", headers });
});
