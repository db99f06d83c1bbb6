import type { FetchLike } from "@/api/transport";

export interface Call {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

type Answer = Response | Error | ((call: Call, init: RequestInit) => Response | Promise<Response>);

/** A fetch that gives the listed answers in order and keeps what it was asked. */
export function fakeFetch(...answers: Answer[]): { fetch: FetchLike; calls: Call[] } {
  const calls: Call[] = [];
  const fetch: FetchLike = async (url, init) => {
    const headers = (init.headers ?? {}) as Record<string, string>;
    const body = typeof init.body === "string" ? JSON.parse(init.body) : init.body;
    const call = { url, method: init.method ?? "GET", headers: { ...headers }, body };
    calls.push(call);
    const answer = answers[calls.length - 1];
    if (answer === undefined) throw new Error(`Unexpected call ${calls.length}: ${url}`);
    if (answer instanceof Error) throw answer;
    return typeof answer === "function" ? answer(call, init) : answer;
  };
  return { fetch, calls };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });
}

export function problem(
  status: number,
  members: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response {
  return json({ status, ...members }, status, {
    "Content-Type": "application/problem+json",
    ...headers,
  });
}

/** Never answers; ends only when its signal does. */
export function hanging(_call: Call, init: RequestInit): Promise<Response> {
  return new Promise((_, reject) => {
    init.signal?.addEventListener("abort", () => reject(init.signal?.reason));
  });
}
