import type { Page } from "@playwright/test";
import { nameBusiness, signUp, skipStart, slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { expect, newAccount, test } from "./support/test";

const AT_ONCE = { timeout: 2_000 };

/** Opens an address and waits until the page's socket is open: only then does it hear anything. */
async function openLive(page: Page, address: string): Promise<void> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Network.enable");
  const answered = new Promise<number>((resolve) => {
    protocol.on("Network.webSocketHandshakeResponseReceived", ({ response }) =>
      resolve(response.status),
    );
  });
  await page.goto(address);
  expect(await answered).toBe(101);
}

/** Adds a customer behind the page's back, so that the page hears of it like everybody else; its id. */
async function add(page: Page, name: string): Promise<string> {
  await call(page, "/api/auth/csrf/");
  const { status, body } = await call(page, "/api/crm/customers/", {
    method: "POST",
    body: { kind: "business", business_name: name },
  });
  expect(status).toBe(201);
  return String(body["id"]);
}

/** The ids of the records that a message names; the message itself when it is another kind. */
function idsIn(message: string): string[] {
  const { changes } = JSON.parse(message) as { changes?: { id?: string }[] };
  return changes?.map(({ id }) => id ?? "many") ?? [message];
}

test.describe("pages are live", () => {
  test.use({ storageState: sessionOf("demo") });

  test("for colleagues, in lists, records and the trash", async ({ page, elsewhere }) => {
    const colleague = await elsewhere({ storageState: sessionOf("demo") });
    await page.goto("/");
    await page.waitForURL(/\/customers/);
    const slug = slugOf(page);
    const name = `Live ${Date.now()}`;
    await openLive(colleague, `/${slug}/customers?q=${encodeURIComponent(name)}`);
    const id = await add(page, name);
    const path = `/api/crm/customers/${id}/`;
    await expect(colleague.getByText(name, { exact: true }).first()).toBeVisible(AT_ONCE);

    const record = await elsewhere({ storageState: sessionOf("demo") });
    await openLive(record, `/${slug}/customers/${id}`);
    await call(page, path, {
      method: "PATCH",
      body: { business_name: `${name} & Co` },
      headers: { "If-Match": '"1"' },
    });
    await expect(record.getByRole("heading", { name: `${name} & Co` })).toBeVisible(AT_ONCE);
    await expect(colleague.getByText(`${name} & Co`).first()).toBeVisible(AT_ONCE);

    await call(page, path, { method: "DELETE", headers: { "If-Match": '"2"' } });
    await expect(colleague.getByText(`${name} & Co`)).toHaveCount(0, AT_ONCE);
    await expect(record.getByRole("button", { name: "Restore" })).toBeVisible(AT_ONCE);
  });

  test("and silent about another business", async ({ page, elsewhere }) => {
    const stranger = await elsewhere();
    await signUp(stranger, newAccount("Nina Berg"));
    await nameBusiness(stranger, `Quiet ${Date.now()}`);
    await skipStart(stranger);
    const heard: string[] = [];
    stranger.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => heard.push(...idsIn(String(payload))));
    });
    await openLive(stranger, `/${slugOf(stranger)}/customers`);
    await page.goto("/");
    await page.waitForURL(/\/customers/);
    await add(page, `Loud ${Date.now()}`);
    // What she hears of her own shows that she would have heard the other one, which came before it.
    const own = await add(stranger, `Own ${Date.now()}`);
    await expect.poll(() => heard).toEqual([own]);
  });
});
