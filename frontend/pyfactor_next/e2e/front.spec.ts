import type { Response } from "@playwright/test";
import { sessionOf } from "./support/artefacts";
import { enter, fresh } from "./support/deals";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

test("what pages ask for and make is answered before Django", async ({ page }) => {
  const slug = await enter(page);
  // Of each answer about customers, why it was left to Django, if it was.
  const answers: string[] = [];
  page.on("response", (response: Response) => {
    const { pathname } = new URL(response.url());
    const [, list, record] = /^\/api\/crm\/(customers)\/([0-9a-f-]{36}\/)?$/.exec(pathname) ?? [];
    if (!list) return;
    const kind = `${response.request().method()} ${record ? "record" : "list"}`;
    answers.push(`${kind}: ${response.headers()["server-timing"] ?? "front"}`);
  });
  await page.goto(`/${slug}/customers?new=1`);
  const name = fresh("Front Mill");
  const form = page.getByRole("dialog", { name: "New customer" });
  await form.getByLabel("Business name").fill(name);
  await form.getByRole("button", { name: "Create customer" }).click();
  await expect(page.getByText(`${name} created`)).toBeVisible();
  await expect.poll(() => answers).toContain("POST list: front");
  await page.goto(`/${slug}/customers?q=${encodeURIComponent(name)}`);
  await page.getByRole("link", { name }).first().click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect.poll(() => answers).toContain("GET record: front");
  expect(answers.filter((answer) => !answer.endsWith(": front"))).toEqual([]);
});
