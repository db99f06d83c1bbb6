import { expect, test } from "./support/test";

test.use({ allowed: /Content Security Policy/ });

// ASVS 3.4.7
test("code that was put into a page does not run, and it is reported", async ({ page }) => {
  await page.goto("/sign-in");
  const reported = page.waitForRequest((request) => request.url().endsWith("/csp-reports"));
  const ran = await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", `<button onclick="window.ran = true"></button>`);
    (document.body.lastElementChild as HTMLElement).click();
    return "ran" in window;
  });
  expect(ran).toBe(false);
  const request = await reported;
  expect(request.method()).toBe("POST");
  expect(request.postData()).toContain("script-src-attr");
  // What the browser sent, sent again: an answer to a report cannot be read.
  const headers = { "content-type": "application/csp-report" };
  const answer = await page.request.post("/csp-reports", {
    headers,
    data: request.postData() ?? "",
  });
  expect(answer.status()).toBe(204);
});
