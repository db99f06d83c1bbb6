import { demoAccount, nameBusiness, signIn, signUp, skipStart } from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { newAccount, test } from "./support/test";

// Signing up and in is limited per address and account, as it should be; so it is done once here.

test("the owner of the demo business signs in", async ({ page }) => {
  await signIn(page, demoAccount());
  await page.waitForURL(/\/customers/);
  await page.context().storageState({ path: sessionOf("demo") });
});

test("a rival with an empty business of his own signs up", async ({ page }) => {
  await signUp(page, newAccount("Otto Otter"));
  await nameBusiness(page, "Otter Bikes");
  await skipStart(page);
  await page.context().storageState({ path: sessionOf("rival") });
});
