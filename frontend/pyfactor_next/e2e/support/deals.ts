import { expect, type Page } from "@playwright/test";
import { slugOf } from "./accounts";
import { call } from "./console";

export interface Stage {
  id: string;
  name: string;
  category: string;
  pipeline: string;
}

/** Text that no other run has used. */
export function fresh(name: string): string {
  return `${name} ${Date.now().toString(36)}`;
}

/** Opens the business; what its addresses begin with. */
export async function enter(page: Page): Promise<string> {
  await page.goto("/");
  await page.waitForURL(/\/customers/);
  await call(page, "/api/auth/csrf/");
  return slugOf(page);
}

/** Makes a record of the CRM by the API; its id. */
export async function make(page: Page, path: string, body: object): Promise<string> {
  const made = await call(page, `/api/crm/${path}/`, { method: "POST", body });
  expect(made.status).toBe(201);
  return String(made.body["id"]);
}

/** The stages of the pipeline that new deals go to, in their order. */
export async function stagesOf(page: Page): Promise<Stage[]> {
  const pipelines = await call(page, "/api/crm/pipelines/?limit=200");
  const found = pipelines.body["results"] as { id: string; is_default: boolean }[];
  const usual = found.find((pipeline) => pipeline.is_default);
  const stages = await call(page, "/api/crm/stages/?limit=200");
  return (stages.body["results"] as Stage[]).filter(({ pipeline }) => pipeline === usual?.id);
}

/** Takes back what the toast with this title tells of. */
export async function undo(page: Page, title: string): Promise<void> {
  await page
    .getByRole("dialog", { name: title })
    .getByRole("button", { name: "Undo", exact: true })
    .click();
}
