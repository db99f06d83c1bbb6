import { randomUUID } from "node:crypto";
import {
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
  type Response,
} from "@playwright/test";
import { picture } from "./artefacts";
import { watch } from "./watch";

export interface Account {
  name: string;
  email: string;
  password: string;
}

export type Credentials = Omit<Account, "name">;

/** What a visit fails with when the page, on its own, leaves for somewhere else at the same moment. */
const LEFT_MEANWHILE = /interrupted by another navigation|net::ERR_ABORTED/;

/**
 * Makes visits of a page wait until it is alive (providers.tsx says so): before that the server's HTML
 * is there to be read, and a click on it goes nowhere. A visit that meets a page just leaving by itself
 * (its session has ended, say) is made again, as a person would.
 */
function patient(page: Page): Page {
  const waited = async (visit: () => Promise<Response | null>): Promise<Response | null> => {
    const response = await visit().catch((error: unknown) => {
      if (!LEFT_MEANWHILE.test(String(error))) throw error;
      return page.waitForLoadState().then(visit);
    });
    const isPage = response?.headers()["content-type"]?.startsWith("text/html") ?? false;
    if (isPage) await page.locator("html[data-alive]").waitFor({ state: "attached" });
    return response;
  };
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = (url, options) => waited(() => goto(url, options));
  page.reload = (options) => waited(() => reload(options));
  return page;
}

interface Fixtures {
  /** What the complaints are like that a file's tests are meant to cause. (A list is read as an option's own.) */
  allowed: RegExp;
  /** Fails a test during which a page broke the policy, threw, or reached another origin. */
  watched: undefined;
  /** A person nobody has met yet; she has no account. */
  stranger: Account;
  /** A page in a browser of its own: other cookies, other storage. Closed after the test. */
  elsewhere: (options?: BrowserContextOptions) => Promise<Page>;
  /** Keeps a picture of a page under a name, for people to look at. */
  keep: (name: string, page?: Page) => Promise<void>;
}

export const test = base.extend<Fixtures>({
  allowed: [/^$/, { option: true }],
  watched: [
    async ({ context, baseURL, allowed }, use) => {
      const complaints = watch(context, baseURL);
      await use(undefined);
      expect(complaints.filter((text) => !allowed.test(text))).toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context }, use) => {
    context.on("page", patient);
    await use(context);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it
  stranger: async ({}, use) => {
    await use(newAccount("Nina Berg"));
  },
  elsewhere: async ({ browser, baseURL }, use) => {
    const opened: { close: () => Promise<void>; complaints: string[] }[] = [];
    await use(async (options = {}) => {
      // A new context starts with what the test uses; its cookies are what must not come along.
      const context = await browser.newContext({
        storageState: { cookies: [], origins: [] },
        ...options,
      });
      context.on("page", patient);
      opened.push({ close: () => context.close(), complaints: watch(context, baseURL) });
      return context.newPage();
    });
    for (const { close, complaints } of opened) {
      await close();
      expect(complaints).toEqual([]);
    }
  },
  keep: async ({ page }, use) => {
    await use(async (name, of = page) => {
      await of.screenshot({ path: picture(name), animations: "disabled" });
    });
  },
});

export function newAccount(name: string): Account {
  const id = randomUUID().slice(0, 8);
  const [first = name] = name.toLowerCase().split(" ");
  return { name, email: `${first}.${id}@example.com`, password: `${id} quiet lanterns` };
}

export { expect };
