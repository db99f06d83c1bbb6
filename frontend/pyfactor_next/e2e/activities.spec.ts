import type { Page } from "@playwright/test";
import { slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { expectNoSidewaysScroll } from "./support/look";
import { expect, test } from "./support/test";

const PHONE = { width: 390, height: 844 };
const HOSTILE = '**Bold** <img src=x onerror="window.hacked=1"> [link](javascript:window.hacked=1)';

test.use({ storageState: sessionOf("demo") });

/** A fresh customer on its own page; its name and address. */
async function openCustomer(page: Page): Promise<{ name: string; path: string }> {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  const name = `Visit ${Date.now()}`;
  await call(page, "/api/auth/csrf/");
  const { status, body } = await call(page, "/api/crm/customers/", {
    method: "POST",
    body: { kind: "business", business_name: name },
  });
  expect(status).toBe(201);
  const path = `/${slugOf(page)}/customers/${String(body["id"])}`;
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return { name, path };
}

/** Presses a key of the page until the composer's field is there: the keys come with the actions' code. */
async function compose(page: Page, key: "n" | "t", field: string): Promise<void> {
  await expect(page.getByRole("group", { name: "Add to this record" })).toBeVisible();
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(page.getByLabel(field, { exact: true })).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

/** Drags a file in from outside the browser and drops it on the record's files. */
async function drop(page: Page, file: { name: string; type: string; content: string }) {
  const dataTransfer = await page.evaluateHandle(({ name, type, content }) => {
    const carried = new DataTransfer();
    carried.items.add(new File([content], name, { type }));
    return carried;
  }, file);
  const files = page.getByRole("tabpanel").getByText("No file yet.");
  await files.dispatchEvent("dragover", { dataTransfer });
  await expect(page.getByText("Let go to attach")).toBeVisible();
  await files.dispatchEvent("drop", { dataTransfer });
}

test("a task for today is added with the keyboard, done, taken back and found among my tasks", async ({
  page,
}) => {
  const { name } = await openCustomer(page);
  const task = `Ring ${name}`;
  await compose(page, "t", "What is to be done?");
  await page.getByLabel("What is to be done?").fill(task);
  await page.getByRole("button", { name: "Today", exact: true }).click();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByText(`Saved: ${task}`)).toBeVisible();

  await page.keyboard.press("Escape");
  await page.goto(`/${slugOf(page)}/tasks`);
  const today = page.getByRole("region", { name: /^Today/ });
  await expect(today.getByText(task)).toBeVisible();
  await today.getByRole("checkbox", { name: `Mark “${task}” as done` }).click();
  await expect(page.getByText(`Done: ${task}`)).toBeVisible();
  await expect(today.getByText(task)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(today.getByText(task)).toBeVisible();

  await today.getByRole("button", { name: `More for “${task}”` }).click();
  await page.getByRole("menuitem", { name: "Tomorrow" }).click();
  await expect(page.getByRole("region", { name: /^Upcoming/ }).getByText(task)).toBeVisible();
});

test("a repeated task comes back when it is done", async ({ page }) => {
  const { name, path } = await openCustomer(page);
  const task = `Water ${name}`;
  await compose(page, "t", "What is to be done?");
  await page.getByLabel("What is to be done?").fill(task);
  await page.getByRole("button", { name: "Today", exact: true }).click();
  await page.getByLabel("Repeats", { exact: true }).click();
  await page.getByRole("option", { name: "Every week", exact: true }).click();
  await page.getByRole("button", { name: "Add task", exact: true }).click();
  await expect(page.getByText(`Saved: ${task}`)).toBeVisible();
  await page.goto(`${path}?tab=tasks`);
  const box = page.getByRole("checkbox", { name: `Mark “${task}” as done` });
  await box.click();
  await expect(page.getByRole("heading", { name: "Done", exact: true })).toBeVisible();
  await expect(box).toHaveCount(1);
});

test("a note's Markdown is drawn and what is hostile in it is not", async ({ page }) => {
  await openCustomer(page);
  await compose(page, "n", "Text");
  await page.getByLabel("Text", { exact: true }).fill(HOSTILE);
  await page.getByRole("button", { name: "Add note", exact: true }).click();
  const note = page.getByRole("article").first();
  await expect(note.locator("strong")).toHaveText("Bold");
  await expect(note.locator("img")).toHaveCount(0);
  await expect(note.locator("a[href^=javascript]")).toHaveCount(0);
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
});

test("a file is dropped on the record, saved again and deleted", async ({ page }) => {
  const { path } = await openCustomer(page);
  await page.goto(`${path}?tab=files`);
  const content = "Plan of the shop\n";
  // The list has been asked for: the page is alive.
  await expect(page.getByText("No file yet.")).toBeVisible();
  await drop(page, { name: "plan.txt", type: "image/png", content });
  const link = page.getByRole("link", { name: "plan.txt", exact: true });
  await expect(link).toBeVisible();
  const saved = page.waitForEvent("download");
  await link.click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe("plan.txt");
  const stream = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toBe(content);
  await page.getByRole("button", { name: "Delete plan.txt" }).click();
  await expect(link).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(link).toBeVisible();
});

test("the timeline is newest first and holds what was changed", async ({ page }) => {
  const { path } = await openCustomer(page);
  const id = path.split("/").at(-1) ?? "";
  for (const subject of ["First", "Second"]) {
    await call(page, "/api/crm/activities/", {
      method: "POST",
      body: { kind: "call", subject, status: "done", customer: id },
    });
  }
  await call(page, `/api/crm/customers/${id}/`, {
    method: "PATCH",
    body: { industry: "Lanterns" },
    headers: { "If-Match": "*" },
  });
  await page.goto(path);
  const entries = page.getByRole("tabpanel").getByRole("listitem");
  await expect(entries).toHaveCount(4);
  await expect(entries.nth(0)).toContainText("1 field changed");
  await expect(entries.nth(1)).toContainText("Second");
  await expect(entries.nth(2)).toContainText("First");
  await entries.nth(0).getByRole("button", { name: "Show what changed" }).click();
  await expect(entries.nth(0)).toContainText("Lanterns");
  await page.getByRole("button", { name: "Call", exact: true }).last().click();
  await expect(entries.filter({ hasText: "changed" })).toHaveCount(0);
});

test("a phone has what one needs on the way: look-up, call, note and task", async ({
  page,
  keep,
}) => {
  await page.setViewportSize(PHONE);
  const { name } = await openCustomer(page);
  const bar = page.getByRole("navigation", { name: "Main navigation" });

  await page.goto(`/${slugOf(page)}/tasks`);
  await bar.getByRole("button", { name: "Search" }).click();
  await page.getByRole("combobox", { name: "Command palette" }).fill(name);
  await page.getByRole("option", { name: new RegExp(name) }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  const actions = page.getByRole("group", { name: "Add to this record" });
  await actions.getByRole("button", { name: "Call" }).click();
  await page.getByRole("button", { name: "Log call" }).click();
  await expect(page.getByText(`Saved: Call with ${name}`)).toBeVisible();
  await expect(page.getByRole("article").getByText(`Call with ${name}`)).toBeVisible();

  await actions.getByRole("button", { name: "Note" }).click();
  await page.getByLabel("Text", { exact: true }).fill("Wants blue ones");
  await page.getByRole("button", { name: "Add note", exact: true }).click();
  await expect(page.getByRole("article").getByText("Wants blue ones")).toBeVisible();

  await actions.getByRole("button", { name: "Task" }).click();
  await page.getByLabel("What is to be done?").fill(`Send ${name} the blue ones`);
  await page.getByRole("button", { name: "Today", exact: true }).click();
  await page.getByRole("button", { name: "Add task", exact: true }).click();
  await expect(page.getByText(`Saved: Send ${name} the blue ones`)).toBeVisible();
  await expectNoSidewaysScroll(page);
  await keep("record-phone");

  await bar.getByRole("link", { name: "My tasks" }).click();
  const today = page.getByRole("region", { name: /^Today/ });
  await expect(today.getByText(`Send ${name} the blue ones`)).toBeVisible();
});
