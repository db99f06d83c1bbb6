import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { forget, rivalAccount, signIn, slugOf } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { expect, test } from "./support/test";

interface Foreign {
  slug: string;
  customer: string;
  version: number;
  name: string;
  member: string;
  session: string;
}

/** What the demo business has, as its owner sees it. */
async function secretsOf(page: Page): Promise<Foreign> {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  const results = async (path: string) => {
    const { body } = await call(page, path);
    return (body["results"] as Record<string, never>[])[0] ?? {};
  };
  const customer = await results("/api/crm/customers/?limit=1");
  return {
    slug: slugOf(page),
    customer: String(customer["id"]),
    version: Number(customer["version"]),
    name: String(customer["display_name"]),
    member: String((await results("/api/tenants/current/members/"))["id"]),
    session: String((await results("/api/auth/sessions/"))["id"]),
  };
}

test.describe("a business sees nothing of another", () => {
  test.use({ storageState: sessionOf("rival") });

  test("whatever address it opens", async ({ page, elsewhere, keep }) => {
    const theirs = await secretsOf(await elsewhere({ storageState: sessionOf("demo") }));
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "No customers yet" })).toBeVisible();
    const slug = slugOf(page);

    await page.goto(`/${slug}/customers/${theirs.customer}`);
    await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
    await keep("record-not-found");
    await page.goto(`/${slug}/customers?open=${theirs.customer}`);
    await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
    await page.goto(`/${slug}/customers?q=${encodeURIComponent(theirs.name)}`);
    await expect(page.getByText(`Nothing matches “${theirs.name}”`)).toBeVisible();

    for (const path of ["customers", `customers/${theirs.customer}`, "settings/business"]) {
      const response = await page.goto(`/${theirs.slug}/${path}`);
      expect(response?.status(), path).toBe(404);
      await expect(page.getByRole("heading", { name: "This page does not exist" })).toBeVisible();
    }
    await keep("business-not-found");
  });

  test("nor where the API is that answers", async ({ page }) => {
    const answer = await page.request.get("/api/auth/csrf/");
    expect(answer.headers()["x-request-id"]).toBeTruthy();
    expect(Object.keys(answer.headers())).not.toContain("x-middleware-rewrite");
  });

  test("whatever it sends to the API", async ({ page, elsewhere }) => {
    const owner = await elsewhere({ storageState: sessionOf("demo") });
    const theirs = await secretsOf(owner);
    // Just signed in: a session of over ten minutes would be refused before the API looks whom it means.
    await forget(page);
    await signIn(page, rivalAccount());
    await page.waitForURL(/\/customers/);
    await call(page, "/api/auth/csrf/");

    const match = { "If-Match": `"${theirs.version}"` };
    const attempts = [
      { to: (id: string) => `/api/crm/customers/${id}/`, method: "GET" },
      { to: (id: string) => `/api/crm/customers/${id}/`, method: "PATCH", body: { notes: "x" } },
      { to: (id: string) => `/api/crm/customers/${id}/`, method: "DELETE" },
      { to: (id: string) => `/api/crm/customers/${id}/restore/`, method: "POST" },
    ] as const;
    for (const { to, ...given } of attempts) {
      const answer = await call(page, to(theirs.customer), { ...given, headers: match });
      expect(answer.status, `${given.method} ${to("…")}`).toBe(404);
      expect(answer).toEqual(await call(page, to(randomUUID()), { ...given, headers: match }));
    }
    const promoted = await call(page, `/api/tenants/current/members/${theirs.member}/`, {
      method: "PATCH",
      body: { role: "viewer" },
    });
    expect(promoted.status).toBe(404);
    const ended = await call(page, `/api/auth/sessions/${theirs.session}/`, { method: "DELETE" });
    expect(ended.status).toBe(404);
    const moved = await call(page, "/api/tenants/switch/", {
      method: "POST",
      body: { tenant: theirs.slug },
    });
    expect(moved.status).toBe(404);
    const lent = await call(page, "/api/crm/customers/", {
      method: "POST",
      body: { kind: "business", business_name: "Lent", owner: theirs.member },
    });
    expect(lent.status).toBe(400);

    const list = await call(page, "/api/crm/customers/?count=exact");
    expect(list.body).toMatchObject({ results: [], count: 0 });
    const exported = await call(page, "/api/crm/customers/export/");
    expect(String(exported.body["text"]).trim().split("\n")).toHaveLength(1);
    const after = await call(owner, `/api/crm/customers/${theirs.customer}/`);
    expect(after.body).toMatchObject({ version: theirs.version, deleted_at: null });
  });
});
