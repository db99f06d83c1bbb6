import { ApiError, errorFromResponse } from "./errors";
import type { LogSink } from "./log";

export type FetchLike = (input: string, init: RequestInit) => Promise<Response>;

export interface TransportOptions {
  fetch: FetchLike;
  log: LogSink;
  /** Waits before another try; a test makes it instant. */
  sleep?: (ms: number) => Promise<void>;
  /** 0..1, spreads retries of many browsers. */
  random?: () => number;
}

export interface TransportRequest {
  method: string;
  /** Absolute or origin-relative, query included. */
  url: string;
  /** What the log may show: no query. */
  path: string;
  headers: Record<string, string>;
  body?: BodyInit | undefined;
  signal?: AbortSignal | undefined;
  timeoutMs: number;
  /** GET, or a write that carries an idempotency key. */
  retryable: boolean;
}

const MAX_RETRIES = 2;
const BASE_DELAY_MS = 300;
/** Longer waits are the person's decision, so the error is shown instead. */
const MAX_DELAY_MS = 10_000;

/**
 * Sends a request and returns a 2xx answer; everything else is an ApiError.
 *
 * Network failures, timeouts, 429 and 5xx are tried again at most twice with jittered backoff, or
 * after Retry-After when the server names a time. Retries live only here: the query library's are
 * switched off, else they would multiply.
 */
export async function send(
  request: TransportRequest,
  options: TransportOptions,
): Promise<Response> {
  const sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const random = options.random ?? Math.random;
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendOnce(request, options, attempt);
    } catch (error) {
      const failure = error as ApiError;
      if (!request.retryable || !failure.retryable || attempt > MAX_RETRIES) throw failure;
      const backoff = BASE_DELAY_MS * 2 ** (attempt - 1) * (0.5 + random());
      const delay = failure.retryAfterMs ?? backoff;
      if (delay > MAX_DELAY_MS) throw failure;
      await sleep(delay);
      if (request.signal?.aborted) throw aborted(request.signal.reason);
    }
  }
}

async function sendOnce(
  request: TransportRequest,
  { fetch, log }: TransportOptions,
  attempt: number,
): Promise<Response> {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  const started = performance.now();
  const requestId = request.headers["X-Request-ID"] ?? "";
  const note = (status: Parameters<LogSink>[0]["status"]): void =>
    log({
      method: request.method,
      path: request.path,
      status,
      ms: performance.now() - started,
      attempt,
      requestId,
    });

  let response: Response;
  try {
    response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
    });
  } catch (cause) {
    if (request.signal?.aborted) {
      note("aborted");
      throw aborted(cause);
    }
    if (timeout.aborted) {
      note("timeout");
      const message = "The server took too long to answer.";
      throw new ApiError({ kind: "timeout", message, requestId, cause });
    }
    note("network");
    const message = "The server could not be reached.";
    throw new ApiError({ kind: "network", message, requestId, cause });
  }
  note(response.status);
  if (!response.ok) throw await errorFromResponse(response);
  return response;
}

function aborted(cause: unknown): ApiError {
  return new ApiError({ kind: "aborted", message: "The request was cancelled.", cause });
}
