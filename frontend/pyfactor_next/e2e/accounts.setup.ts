import {
  demoAccount,
  keepRival,
  nameBusiness,
  signIn,
  signUp,
  skipStart,
} from "./support/accounts";
import { sessionOf } from "./support/artefacts";
import { newAccount, test } from "./support/test";

// Signing up and in is limited per address and account, as it should be; so it is done once here.

test("the owner of the demo business signs in", async ({ page }) => {
  await signIn(page, demoAccount());
  await page.waitForURL(/\/customers/);
  await page.context().storageState({ path: sessionOf("demo") });
});

test("a rival with an empty business of his own signs up", async ({ page }) => {
  const otto = newAccount("Otto Otter");
  await signUp(page, otto);
  await nameBusiness(page, "Otter Bikes");
  await skipStart(page);
  await page.context().storageState({ path: sessionOf("rival") });
  keepRival(otto);
});
