import { slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { isSignedBy, startReceiver } from "./support/receiver";
import { expect, test } from "./support/test";

// A worker that is behind, and the pause before the second attempt.
const DELIVERED = { timeout: 60_000 };

test.describe("webhooks", () => {
  test.use({ storageState: sessionOf("demo") });

  test("a program is told of changes, signed, and once more when it refused", async ({
    page,
    keep,
  }) => {
    const receiver = await startReceiver();
    await page.goto("/");
    await page.waitForURL(/\/customers/);
    await page.goto(`/${slugOf(page)}/settings/webhooks`);
    await page.getByRole("button", { name: "New webhook" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("http://127.0.0.1:1/");
    await dialog.getByRole("button", { name: "Create webhook" }).click();
    await expect(dialog.getByLabel("Address")).toHaveAccessibleDescription(/Only https/);
    await dialog.getByLabel("Address").fill(receiver.url);
    await dialog.getByLabel("Name").fill("Till");
    await dialog.getByText("Choose", { exact: true }).click();
    await dialog.getByRole("button", { name: "Create webhook" }).click();
    await expect(dialog.getByText("Choose at least one event.")).toBeVisible();
    await dialog.getByRole("checkbox", { name: "Customers: Added", exact: true }).click();
    await keep("webhook-new");
    await dialog.getByRole("button", { name: "Create webhook" }).click();

    const shown = dialog.getByText(/^whsec_/);
    const secret = (await shown.textContent()) ?? "";
    await dialog.getByRole("button", { name: "I have copied it" }).click();
    await expect(shown).toHaveCount(0);
    const row = page.getByRole("listitem").filter({ hasText: "Till" });
    await expect(row).toContainText("1 event: Customers");

    await call(page, "/api/auth/csrf/");
    const made = await call(page, "/api/crm/customers/", {
      method: "POST",
      body: { business_name: "Told Elsewhere" },
    });
    expect(made.status).toBe(201);
    await expect.poll(() => receiver.received.length, DELIVERED).toBe(1);
    const [message] = receiver.received;
    if (!message) throw new Error("nothing was received");
    expect(isSignedBy(secret, message)).toBe(true);
    expect(JSON.parse(message.body)).toMatchObject({
      type: "crm.customer.created",
      data: { count: 1, records: [{ id: made.body["id"] }] },
    });

    receiver.status = 500;
    await row.getByRole("button", { name: "More for Till" }).click();
    await page.getByRole("menuitem", { name: "Send test message" }).click();
    const log = page.getByRole("dialog", { name: "Messages" });
    const tried = log.getByRole("listitem").filter({ hasText: "Test message" }).first();
    await expect(tried).toContainText("Will be tried again", DELIVERED);
    await expect(log.getByRole("listitem").filter({ hasText: "Customers: Added" })).toContainText(
      "Delivered",
    );
    receiver.status = 204;
    await expect(tried).toContainText("Delivered", DELIVERED);
    await tried.getByRole("button", { name: /Test message/ }).click();
    const attempts = tried.getByRole("list", { name: "Attempts" }).getByRole("listitem");
    await expect(attempts).toHaveText([/500 · Refused/, /204 · Delivered/]);
    await keep("webhook-log");
    const sent = receiver.received.length;
    await tried.getByRole("button", { name: "Send again" }).click();
    await expect.poll(() => receiver.received.length, DELIVERED).toBe(sent + 1);
    const ids = receiver.received.slice(1).map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(1);
    await page.keyboard.press("Escape");

    await row.getByRole("button", { name: "More for Till" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete webhook" }).click();
    await expect(page.getByText("No webhooks")).toBeVisible();
    receiver.close();
  });
});
