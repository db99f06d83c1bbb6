import { QueryClientProvider } from "@tanstack/react-query";
import { configure, render } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";
import { vi } from "vitest";
import { createQueryClient } from "@/api/query-client";
import { type Me, SessionProvider } from "@/features/session";
import { messages } from "@/i18n/messages";
import { ShortcutProvider } from "@/ui/shortcuts/shortcuts";
import { ToastHost } from "@/ui/toast-host";

// A whole record in jsdom takes its time on a machine that does other things, too.
vi.setConfig({ testTimeout: 60_000 });
// Asking of every element whether it is hidden is most of what a query by role costs there.
configure({ asyncUtilTimeout: 15_000, defaultHidden: true });
// jsdom lays nothing out, so there is nowhere to scroll.
Element.prototype.scrollIntoView = () => undefined;

const me: Me = {
  user: {
    id: "11111111-0000-7000-8000-000000000001",
    email: "ada@example.com",
    name: "Ada Byron",
    language: "en",
    timezone: "UTC",
  },
  lacks_second_factor: false,
  lacks_single_sign_on: false,
  is_confined: false,
  membership: { id: "22222222-0000-7000-8000-000000000001", role: "member" },
  tenant: {
    id: "33333333-0000-7000-8000-000000000001",
    slug: "acme",
    name: "Acme Trading",
    currency: "EUR",
    country: "DE",
    language: "en",
    timezone: "Europe/Berlin",
    week_start: 1,
    onboarded_at: "2026-01-01T00:00:00Z",
    version: 1,
  },
};

/** Draws a part of the app as a signed-in member of the business "acme" sees it. */
export function renderInBusiness(children: ReactNode) {
  const client = createQueryClient();
  client.setQueryData(["me"], me);
  return {
    client,
    ...render(
      <NuqsTestingAdapter hasMemory>
        <QueryClientProvider client={client}>
          <IntlProvider locale="en" messages={messages} timeZone="UTC">
            <ShortcutProvider>
              <SessionProvider initial={me}>{children}</SessionProvider>
              <ToastHost />
            </ShortcutProvider>
          </IntlProvider>
        </QueryClientProvider>
      </NuqsTestingAdapter>,
    ),
  };
}

interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Handler = (request: Request) => Response | Promise<Response> | undefined;

/** Answers the API's requests in this test; what the handler leaves out gets an empty list. */
export function answerApi(handler: Handler): Request[] {
  // biome-ignore lint/suspicious/noDocumentCookie: jsdom has no Cookie Store API
  document.cookie = "csrftoken=t";
  const seen: Request[] = [];
  vi.stubGlobal("fetch", async (input: string, init: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(input, "http://localhost");
    const request = {
      method: init.method ?? "GET",
      path: pathname,
      query: searchParams,
      headers: new Headers(init.headers),
      body: typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined,
    };
    seen.push(request);
    return handler(request) ?? answer({ results: [], next: null, previous: null });
  });
  return seen;
}

export function answer(
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  const type = status >= 400 ? "application/problem+json" : "application/json";
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": type, ...headers },
  });
}

/** An undo's answer: the set that did it, which changed nothing else worth telling. */
export function undoneBy(id: string): Response {
  return answer({ change_set: { id, records: [] }, conflicts: [], conflict_count: 0 }, 201, {
    "Dott-Change-Set": id,
  });
}
