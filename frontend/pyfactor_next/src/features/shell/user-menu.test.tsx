import { QueryClientProvider } from "@tanstack/react-query";
import { configure, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { IntlProvider } from "use-intl";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createQueryClient } from "@/api/query-client";
import { SessionProvider } from "@/features/session";
import { messages } from "@/i18n/messages";
import { ShortcutProvider } from "@/ui/shortcuts/shortcuts";
import { BottomBar } from "./bottom-bar";
import { Sidebar } from "./sidebar";
import { me } from "./testing";

vi.setConfig({ testTimeout: 60_000 });
configure({ asyncUtilTimeout: 15_000 });
vi.mock("next/navigation", () => ({
  useRouter: () => ({ push: vi.fn() }),
  usePathname: () => "/acme/customers",
}));
vi.mock("@/features/notifications", () => ({ Bell: () => null }));

const sent: string[] = [];
beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("fetch", async (input: string, init?: RequestInit) => {
    sent.push(`${init?.method ?? "GET"} ${new URL(input, "http://localhost").pathname}`);
    return new Response(JSON.stringify({ csrf_token: "t", results: [] }), {
      headers: { "Content-Type": "application/json" },
    });
  });
});
afterEach(() => vi.unstubAllGlobals());

const nothing = () => undefined;
const shown = {
  "the sidebar": (
    <Sidebar isCollapsed={false} onToggle={nothing} onSearch={nothing} onHelp={nothing} />
  ),
  "the narrow sidebar": (
    <Sidebar isCollapsed onToggle={nothing} onSearch={nothing} onHelp={nothing} />
  ),
  "a phone's bar": <BottomBar onSearch={nothing} onHelp={nothing} />,
};

// ASVS 7.4.4
test.each(Object.entries(shown))("signing out is two presses away in %s", async (name, bar) => {
  const user = userEvent.setup();
  render(
    <QueryClientProvider client={createQueryClient()}>
      <IntlProvider locale="en" messages={messages} timeZone="UTC">
        <ShortcutProvider>
          <SessionProvider initial={me}>{bar}</SessionProvider>
        </ShortcutProvider>
      </IntlProvider>
    </QueryClientProvider>,
  );
  // `expanded` tells the menu's own button from its face, which it may replace between two lines of a test.
  const button = { name: name === "a phone's bar" ? "More" : /Account menu/, expanded: false };
  await user.click(await screen.findByRole("button", button));
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  await vi.waitFor(() => expect(sent).toContain("DELETE /api/auth/browser/v1/auth/session"));
});
