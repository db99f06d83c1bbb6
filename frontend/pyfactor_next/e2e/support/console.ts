import type { Page } from "@playwright/test";

export interface Answer {
  status: number;
  /** The problem without what differs from one request to the next. */
  body: Record<string, unknown>;
}

interface Call {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers?: Record<string, string>;
  body?: unknown;
}

/** Calls the API as somebody would from the browser's console: her cookies, her CSRF token. */
export async function call(page: Page, path: string, given: Call = {}): Promise<Answer> {
  return page.evaluate(
    async ({ path, given }) => {
      const token = /csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
      const response = await fetch(path, {
        method: given.method ?? "GET",
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": token,
          ...given.headers,
        },
        ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
      });
      const text = await response.text();
      const body: Record<string, unknown> = text.startsWith("{") ? JSON.parse(text) : { text };
      delete body["request_id"];
      delete body["instance"];
      return { status: response.status, body };
    },
    { path, given },
  );
}
