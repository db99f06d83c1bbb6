import type { BrowserContext } from "@playwright/test";

const POLICY = /Content Security Policy|Permissions Policy/i;
const REACT = /hydrat|Minified React error/i;

/**
 * What no page may ever do: be stopped by its own policy, throw, fail to become alive, ask
 * another origin for something, or get a 5xx. Returns the list the complaints go into.
 */
export function watch(context: BrowserContext, baseURL: string | undefined): string[] {
  const complaints: string[] = [];
  const home = new URL(baseURL ?? "http://localhost").origin;
  context.on("weberror", (error) => complaints.push(`thrown: ${error.error()}`));
  context.on("console", (message) => {
    const text = message.text();
    if (POLICY.test(text) || (message.type() === "error" && REACT.test(text))) {
      complaints.push(`console: ${text}`);
    }
  });
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== home) {
      complaints.push(`another origin: ${request.url()}`);
    }
  });
  context.on("response", (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return complaints;
}
