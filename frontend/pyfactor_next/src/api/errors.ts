import { problemWords } from "./problem-words";

/** What went wrong, in the words a page can act on. */
export type ApiErrorKind =
  | "network"
  | "timeout"
  | "aborted"
  | "unauthenticated"
  | "forbidden"
  | "csrf"
  | "not_found"
  | "conflict"
  | "validation"
  | "rate_limited"
  | "server"
  | "unexpected";

export interface FieldError {
  /** Field name as in the body; nested names keep their slashes ("address/city"); "" is the whole. */
  field: string;
  code: string;
  message: string;
}

/** The body of every error answer (RFC 9457), extension members included. */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  code?: string;
  detail?: string;
  request_id?: string;
  errors?: { pointer?: string; code?: string; detail?: string }[];
  [extension: string]: unknown;
}

interface ApiErrorInit {
  kind: ApiErrorKind;
  status?: number;
  code?: string;
  message: string;
  requestId?: string | undefined;
  fieldErrors?: FieldError[];
  retryAfterMs?: number | undefined;
  problem?: Problem | undefined;
  cause?: unknown;
}

/** The one error type that leaves the API client. `status` is 0 when no answer came. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  readonly status: number;
  /** Stable; tests and branches go by this, never by the text. */
  readonly code: string;
  readonly requestId: string | undefined;
  readonly fieldErrors: FieldError[];
  readonly retryAfterMs: number | undefined;
  readonly problem: Problem | undefined;

  constructor(init: ApiErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = "ApiError";
    this.kind = init.kind;
    this.status = init.status ?? 0;
    this.code = init.code ?? init.kind;
    this.requestId = init.requestId;
    this.fieldErrors = init.fieldErrors ?? [];
    this.retryAfterMs = init.retryAfterMs;
    this.problem = init.problem;
  }

  /** Whether the same request may succeed later without anything being changed. */
  get retryable(): boolean {
    return (
      this.kind === "network" ||
      this.kind === "timeout" ||
      this.kind === "rate_limited" ||
      this.kind === "server"
    );
  }
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof ApiError;
}

const CSRF_CODES = new Set(["csrf_failed", "csrf"]);

function kindOf(status: number, code: string | undefined): ApiErrorKind {
  if (status === 401) return "unauthenticated";
  if (status === 403) return code !== undefined && CSRF_CODES.has(code) ? "csrf" : "forbidden";
  if (status === 404 || status === 410) return "not_found";
  if (status === 409 || status === 412 || status === 422 || status === 428) return "conflict";
  if (status === 400 || status === 413 || status === 415) return "validation";
  if (status === 429) return "rate_limited";
  return status >= 500 ? "server" : "unexpected";
}

/** Turns `/email`, `email` and `/lines/0/name` into a field name. */
function fieldName(pointer: string | undefined): string {
  return (pointer ?? "").replace(/^#?\//, "").replaceAll("~1", "/").replaceAll("~0", "~");
}

/** Retry-After is seconds or an HTTP date. */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Reads an error answer; pages of proxies that are not JSON become kind "server". */
export async function errorFromResponse(response: Response): Promise<ApiError> {
  const problem = await readProblem(response);
  const words = problem ? await problemWords() : {};
  const told = words[problem?.code ?? ""] || problem?.detail || problem?.title;
  const requestId = problem?.request_id ?? response.headers.get("x-request-id") ?? undefined;
  return new ApiError({
    kind: kindOf(response.status, problem?.code),
    status: response.status,
    code: problem?.code ?? `http_${response.status}`,
    message: told || response.statusText || `HTTP ${response.status}`,
    requestId,
    fieldErrors: (problem?.errors ?? []).map((error) => ({
      field: fieldName(error.pointer),
      code: error.code ?? "invalid",
      message: words[error.code ?? ""] || error.detail || "",
    })),
    retryAfterMs: retryAfterMs(response.headers.get("retry-after")),
    problem,
  });
}

/** The refusal of an address that no server on the way would take; nothing was sent. */
export async function uriTooLong(): Promise<ApiError> {
  const code = "uri_too_long";
  const words = await problemWords();
  const message = words[code] || "This filter or search is too long. Take something out of it.";
  return new ApiError({ kind: "validation", status: 414, code, message });
}

async function readProblem(response: Response): Promise<Problem | undefined> {
  if (!/[/+]json/.test(response.headers.get("content-type") ?? "")) return undefined;
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null ? (body as Problem) : undefined;
  } catch {
    // A cut-off body says no more than the status already does.
    return undefined;
  }
}
