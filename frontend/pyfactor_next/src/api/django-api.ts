import type { CsrfTokens } from "./csrf";
import { type ApiError, isApiError, uriTooLong } from "./errors";
import type { LogSink } from "./log";
import { changeSetsOf, type Step } from "./own-changes";
import type {
  ApiPaths,
  PathParams,
  PathWith,
  QueryParams,
  RequestBody,
  ResponseBody,
} from "./paths";
import { type FetchLike, send } from "./transport";

type Keys<T> = [T] extends [never] ? never : keyof T;

/** `path` must be given exactly when the address has a `{name}` in it. */
type Located<Params, Query> = ([Keys<Params>] extends [never]
  ? { path?: undefined }
  : { path: Params }) & {
  query?: [Query] extends [never] ? undefined : Query | undefined;
};

interface Common {
  signal?: AbortSignal | undefined;
  /** Default 15 s; uploads take longer. */
  timeoutMs?: number | undefined;
  headers?: Record<string, string> | undefined;
  /** Set where a 401 is an answer and not the end of a session: the sign-in pages. */
  expectUnauthenticated?: boolean | undefined;
}

interface Writing extends Common {
  /** Gets the ids of the change sets that the request made, for Undo. */
  onChange?: ((step: Step) => void) | undefined;
  /** Undo and redo keep their own books. */
  isUndo?: boolean | undefined;
}

interface Conditional extends Writing {
  /** The record's `version` as last read; sent as If-Match. */
  version?: number | undefined;
}

interface Creating extends Conditional {
  /**
   * One key per opened form or started action, not per click: a repeat with the same key and body
   * gets the first answer. A fresh one is made when none is given.
   */
  idempotencyKey?: string | undefined;
}

type Options<
  P extends keyof ApiPaths,
  M extends "get" | "post" | "put" | "patch" | "delete",
  C,
> = C & Located<PathParams<P, M>, QueryParams<P, M>>;

/** The options argument may be left out when nothing in it is required. */
type Optional<O> =
  Record<string, never> extends Pick<O, RequiredKeys<O>> ? [options?: O] : [options: O];
type RequiredKeys<O> = {
  [K in keyof O]-?: Record<string, never> extends Pick<O, K> ? never : K;
}[keyof O];

export interface DjangoApi {
  get<P extends PathWith<"get">>(
    path: P,
    ...options: Optional<Options<P, "get", Common>>
  ): Promise<ResponseBody<P, "get">>;
  post<P extends PathWith<"post">>(
    path: P,
    data: RequestBody<P, "post"> | FormData | undefined,
    ...options: Optional<Options<P, "post", Creating>>
  ): Promise<ResponseBody<P, "post">>;
  put<P extends PathWith<"put">>(
    path: P,
    data: RequestBody<P, "put">,
    ...options: Optional<Options<P, "put", Conditional>>
  ): Promise<ResponseBody<P, "put">>;
  patch<P extends PathWith<"patch">>(
    path: P,
    data: RequestBody<P, "patch">,
    ...options: Optional<Options<P, "patch", Conditional>>
  ): Promise<ResponseBody<P, "patch">>;
  delete<P extends PathWith<"delete">>(
    path: P,
    ...options: Optional<Options<P, "delete", Conditional>>
  ): Promise<ResponseBody<P, "delete">>;
  /** Fetches the page that a list answer's `next` or `previous` names. */
  follow<T>(url: string, signal?: AbortSignal): Promise<T>;
}

export interface DjangoApiConfig {
  /** "" in the browser (same origin), the API's origin on the server. */
  baseUrl: string;
  fetch: FetchLike;
  log: LogSink;
  headers?: Record<string, string>;
  /** Absent on the server, which only reads. */
  csrf?: CsrfTokens;
  /** Called for every 401 that ends a session, before the error is thrown. */
  onUnauthenticated?: (error: ApiError, method: string) => void;
  /** Asks the person to prove again who she is, for an act that wants it; true: try again. */
  proveAgain?: () => Promise<boolean>;
  /** Called when the business asks for a second factor that the session lacks. */
  onSecondFactorNeeded?: () => void;
  /** Called with the change sets of every write that was no undo. */
  onChange?: (step: Step) => void;
  /** Called with every write that is no undo, as it begins; it ends after `onChange`. */
  onWrite?: (write: Promise<unknown>) => void;
  timeoutMs?: number;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
  uuid?: () => string;
}

interface RawOptions extends Creating {
  path?: Record<string, string | number> | undefined;
  query?: Record<string, unknown> | undefined;
}

/** Characters of an address. The proxy takes 16 KiB of request line and headers together. */
const MAX_URL_LENGTH = 12_000;

/** Builds the typed client. Methods resolve to the body and reject with ApiError, nothing else. */
export function createDjangoApi(config: DjangoApiConfig): DjangoApi {
  const uuid = config.uuid ?? (() => crypto.randomUUID());

  async function request<T>(
    method: string,
    template: string,
    data: unknown,
    options: RawOptions = {},
  ): Promise<T> {
    const path = fillPath(template, options.path);
    const url = config.baseUrl + path + queryString(options.query);
    if (url.length > MAX_URL_LENGTH) throw await uriTooLong();
    const headers: Record<string, string> = {
      // Known to the API's front by this very text (plans/front.py); another one takes the long way.
      Accept: "application/json, application/problem+json",
      "X-Request-ID": uuid(),
      ...config.headers,
      ...options.headers,
    };
    const isForm = typeof FormData !== "undefined" && data instanceof FormData;
    if (data !== undefined && !isForm) headers["Content-Type"] = "application/json";
    if (options.version !== undefined) headers["If-Match"] = `"${options.version}"`;
    if (method === "POST") headers["Idempotency-Key"] = options.idempotencyKey ?? uuid();

    const attempt = async (): Promise<Response> => {
      if (method !== "GET" && config.csrf) headers["X-CSRFToken"] = await config.csrf.token();
      return send(
        {
          method,
          url,
          path,
          headers,
          body: data === undefined ? undefined : isForm ? data : JSON.stringify(data),
          signal: options.signal,
          timeoutMs: options.timeoutMs ?? config.timeoutMs ?? 15_000,
          retryable: method === "GET" || options.idempotencyKey !== undefined,
        },
        config,
      );
    };

    const answer = async (): Promise<T> => {
      const response = await attempt();
      const step = method === "GET" ? [] : changeSetsOf(response.headers);
      if (step.length > 0) {
        options.onChange?.(step);
        if (!options.isUndo) config.onChange?.(step);
      }
      return (await readBody(response)) as T;
    };

    try {
      return await answer();
    } catch (error) {
      if (!isApiError(error)) throw error;
      if (error.kind === "csrf" && config.csrf) {
        // The token was rotated by another tab. Once is enough: a second refusal is real.
        await config.csrf.refresh();
        return await answer();
      }
      if (error.code === "reauthentication_required" && (await config.proveAgain?.())) {
        return await answer();
      }
      if (error.code === "second_factor_required") config.onSecondFactorNeeded?.();
      if (error.kind === "unauthenticated" && !options.expectUnauthenticated) {
        config.onUnauthenticated?.(error, method);
      }
      throw error;
    }
  }

  function write(method: string, path: string, data: unknown, options?: RawOptions) {
    const running = request<unknown>(method, path, data, options);
    if (!options?.isUndo) config.onWrite?.(running);
    return running;
  }

  const api = {
    get: (path: string, options?: RawOptions) => request("GET", path, undefined, options),
    post: (path: string, data: unknown, options?: RawOptions) => write("POST", path, data, options),
    put: (path: string, data: unknown, options?: RawOptions) => write("PUT", path, data, options),
    patch: (path: string, data: unknown, options?: RawOptions) =>
      write("PATCH", path, data, options),
    delete: (path: string, options?: RawOptions) => write("DELETE", path, undefined, options),
    follow: (url: string, signal?: AbortSignal) => {
      // Only path and query are taken: behind a proxy the API may name itself by another host.
      const { pathname, searchParams } = new URL(url, "http://same-origin");
      return request("GET", pathname, undefined, {
        query: Object.fromEntries(searchParams),
        signal,
      });
    },
  };
  // Untyped inside on purpose: paths, bodies and answers are checked at the interface.
  return api as DjangoApi;
}

function fillPath(template: string, params: RawOptions["path"]): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params?.[name];
    if (value === undefined || value === "") throw new TypeError(`No value for {${name}}`);
    return encodeURIComponent(String(value));
  });
}

/** Leaves out what is undefined, null or ""; arrays become comma lists, as `__in` filters take them. */
export function queryString(query: Record<string, unknown> | undefined): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === "") continue;
    search.set(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204 || response.status === 205) return undefined;
  const type = response.headers.get("content-type") ?? "";
  if (/[/+]json/.test(type)) return response.json();
  return type.startsWith("text/") ? response.text() : response.blob();
}
