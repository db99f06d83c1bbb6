import { sessionOf } from "./support/artefacts";
import { call } from "./support/console";
import { enter, fresh, make, stagesOf } from "./support/deals";
import { expectAccessible, inBothThemes } from "./support/look";
import { expect, test } from "./support/test";

test.use({ storageState: sessionOf("demo") });

test("beside a record stands what it has to do with, where there is room", async ({
  page,
  keep,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const slug = await enter(page);
  const name = fresh("Weaver");
  const customer = await make(page, "customers", { kind: "business", business_name: name });
  const contact = await make(page, "contacts", { first_name: "Ada", last_name: name });
  await make(page, "customer-contacts", { customer, contact, role: "decision_maker" });
  const [stage] = await stagesOf(page);
  await make(page, "deals", { name: `Carpet ${name}`, customer, contact, stage: stage?.id });
  await make(page, "activities", { kind: "task", subject: `Ring ${name}`, customer });
  const rail = page.getByRole("complementary", { name: "Related" });

  await test.step("a customer's contacts, deals and tasks", async () => {
    await page.goto(`/${slug}/customers/${customer}`);
    await expect(rail.getByRole("link", { name: `Ada ${name}` })).toBeVisible();
    await expect(rail.getByRole("link", { name: `Carpet ${name}` })).toBeVisible();
    await expect(rail.getByText(`Ring ${name}`)).toBeVisible();
    await inBothThemes(page, async (theme) => {
      await expectAccessible(page);
      await keep(`related-${theme}`);
    });
    await rail.getByRole("button", { name: "New deal" }).click();
    await expect(page.getByRole("dialog", { name: "New deal" })).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: "Files" }).click();
    await page.getByRole("tab", { name: "Deals" }).click();
    await expect(page.getByRole("tabpanel").getByText(`Carpet ${name}`)).toBeVisible();
    await expect(page.getByRole("dialog", { name: "New deal" })).toHaveCount(0);
  });

  await test.step("from a contact to its deal, and from there to the customer", async () => {
    await rail.getByRole("link", { name: `Ada ${name}` }).click();
    await expect(page.getByRole("heading", { level: 1, name: `Ada ${name}` })).toBeVisible();
    await expect(rail.getByRole("link", { name, exact: false }).first()).toBeVisible();
    await rail.getByRole("link", { name: `Carpet ${name}` }).click();
    await expect(page.getByRole("heading", { level: 1, name: `Carpet ${name}` })).toBeVisible();
    await expect(rail.getByRole("link", { name: `Ada ${name}` })).toBeVisible();
    await rail.getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  });

  await test.step("a narrower page has the same behind its tabs", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect(rail).toHaveCount(0);
  });
});

test("an @ in a note names a member, by keyboard", async ({ page, keep }) => {
  const slug = await enter(page);
  const name = fresh("Weaver");
  const customer = await make(page, "customers", { kind: "business", business_name: name });
  const me = await call(page, "/api/auth/me/");
  const { name: own } = me.body["user"] as { name: string };
  await page.goto(`/${slug}/customers/${customer}`);
  await page
    .getByRole("region", { name: "Add to the timeline" })
    .getByRole("button", { name: "Note" })
    .click();
  const text = page.getByRole("textbox", { name: "Text" });
  await text.fill("Ask ");
  await text.press("End");
  await page.keyboard.type(`@${own.slice(0, 3).toLowerCase()}`);
  const option = page.getByRole("option", { name: own, exact: true });
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page);
  await keep("mention");
  await page.keyboard.press("Enter");
  await expect(text).toHaveValue(`Ask @${own} `);
  await page.keyboard.type("about it");
  await page.keyboard.press("ControlOrMeta+Enter");
  const note = page.getByRole("article").filter({ hasText: `Ask @${own} about it` });
  await expect(note).toBeVisible();
  await expect(note).not.toContainText("member:");

  // In the dialog that changes it: a name is chosen with the mouse, Escape closes the list before the dialog.
  await note.getByRole("button", { name: /^More for/ }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog", { name: /^Edit/ });
  const changed = dialog.getByRole("textbox", { name: "Text" });
  await expect(changed).toHaveValue(`Ask @${own} about it`);
  await changed.press("ControlOrMeta+End");
  await page.keyboard.type(" and @");
  await expect(option).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(option).toHaveCount(0);
  await page.keyboard.type(" @");
  await option.click();
  await expect(changed).toHaveValue(`Ask @${own} about it and @ @${own} `);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("article").filter({ hasText: `@ @${own}` })).toBeVisible();
});
