import { expect, expectTypeOf, test, vi } from "vitest";
import { fakeFetch, hanging, json, problem } from "../../tests/fake-fetch";
import { CsrfTokens } from "./csrf";
import { createDjangoApi, type DjangoApi, type DjangoApiConfig, queryString } from "./django-api";
import type { ApiError } from "./errors";
import type { RequestLog } from "./log";
import type { ResponseBody } from "./paths";

const ID = "0192f0c1-0000-7000-8000-000000000001";

function setUp(answers: Parameters<typeof fakeFetch>, more: Partial<DjangoApiConfig> = {}) {
  const { fetch, calls } = fakeFetch(...answers);
  const log: RequestLog[] = [];
  const waits: number[] = [];
  const api = createDjangoApi({
    baseUrl: "",
    fetch,
    log: (entry) => log.push(entry),
    sleep: async (ms) => {
      waits.push(ms);
    },
    random: () => 0.5,
    uuid: () => "uuid-1",
    ...more,
  });
  return { api, calls, log, waits };
}

function tokens(cookie: string, refresh: () => Promise<void> = async () => undefined): CsrfTokens {
  return new CsrfTokens({ readCookies: () => cookie, refresh });
}

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  return promise.then(
    () => {
      throw new Error("expected a refusal");
    },
    (error: ApiError) => error,
  );
}

type CustomerPage = ResponseBody<"/api/crm/customers/", "get">;

test("path, query and answer are typed by the OpenAPI file", () => {
  expectTypeOf<CustomerPage["results"][number]["account_number"]>().toEqualTypeOf<string>();
  const wrong = (api: DjangoApi) => [
    // @ts-expect-error no such path
    api.get("/api/crm/customer/"),
    // @ts-expect-error the id is required
    api.get("/api/crm/customers/{id}/"),
    // @ts-expect-error no such filter
    api.get("/api/crm/customers/", { query: { colour: "red" } }),
    // @ts-expect-error no such field
    api.patch("/api/crm/customers/{id}/", { colour: "red" }, { path: { id: ID } }),
    // @ts-expect-error the list cannot be deleted
    api.delete("/api/crm/customers/"),
  ];
  expect(wrong).toBeTypeOf("function");
});

test("a GET fills the path, keeps the trailing slash and leaves out empty query values", async () => {
  const { api, calls } = setUp([json({ results: [] })]);
  await api.get("/api/crm/customers/", { query: { q: "köln", ordering: "", limit: 50 } });
  expect(calls[0]?.url).toBe("/api/crm/customers/?q=k%C3%B6ln&limit=50");
  expect(calls[0]?.headers).not.toHaveProperty("X-CSRFToken");
  expect(calls[0]?.headers["X-Request-ID"]).toBe("uuid-1");
});

test("an id is escaped, so it cannot climb to another path", async () => {
  const { api, calls } = setUp([json({})]);
  await api.get("/api/crm/customers/{id}/", { path: { id: "../x" } });
  expect(calls[0]?.url).toBe("/api/crm/customers/..%2Fx/");
});

test("arrays become comma lists", () => {
  expect(queryString({ stage__in: ["lead", "customer"], trashed: true })).toBe(
    "?stage__in=lead%2Ccustomer&trashed=true",
  );
});

test("a POST carries token, idempotency key and body", async () => {
  const { api, calls } = setUp([json({ id: ID }, 201)], { csrf: tokens("a=b; csrftoken=tok%3D1") });
  await api.post("/api/crm/customers/", { business_name: "Acme" }, { idempotencyKey: "key-1" });
  expect(calls[0]).toMatchObject({
    method: "POST",
    body: { business_name: "Acme" },
    headers: {
      "X-CSRFToken": "tok=1",
      "Idempotency-Key": "key-1",
      "Content-Type": "application/json",
    },
  });
});

test("a PATCH sends the version as If-Match", async () => {
  const { api, calls } = setUp([json({})], { csrf: tokens("csrftoken=t") });
  await api.patch("/api/crm/customers/{id}/", { notes: "x" }, { path: { id: ID }, version: 7 });
  expect(calls[0]?.headers["If-Match"]).toBe('"7"');
});

test("a form is sent as it is, without a content type of ours", async () => {
  const { api, calls } = setUp([json({}, 201)], { csrf: tokens("csrftoken=t") });
  const form = new FormData();
  await api.post("/api/crm/imports/", form);
  expect(calls[0]?.body).toBe(form);
  expect(calls[0]?.headers).not.toHaveProperty("Content-Type");
});

test("204 gives undefined", async () => {
  const { api } = setUp([new Response(null, { status: 204 })], { csrf: tokens("csrftoken=t") });
  const path = { id: ID };
  expect(await api.delete("/api/crm/customers/{id}/", { path, version: 1 })).toBeUndefined();
});

test("problem+json becomes a typed error with fields, code and request id", async () => {
  const { api } = setUp(
    [
      problem(400, {
        code: "validation_failed",
        detail: "Some fields are not valid.",
        request_id: "req-9",
        errors: [{ pointer: "/email", code: "invalid", detail: "Enter an e-mail address." }],
      }),
    ],
    { csrf: tokens("csrftoken=t") },
  );
  const error = await failure(api.post("/api/crm/customers/", {}));
  expect(error).toMatchObject({
    kind: "validation",
    status: 400,
    code: "validation_failed",
    message: "Some fields are not valid.",
    requestId: "req-9",
    fieldErrors: [{ field: "email", code: "invalid", message: "Enter an e-mail address." }],
  });
});

test.each([
  [403, {}, "forbidden"],
  [404, {}, "not_found"],
  [409, {}, "conflict"],
  [412, {}, "conflict"],
  [415, {}, "validation"],
  [418, {}, "unexpected"],
])("status %i is kind %s", async (status, members, kind) => {
  const { api } = setUp([problem(status, members)]);
  expect((await failure(api.get("/api/auth/me/"))).kind).toBe(kind);
});

test("a proxy's HTML page is kind server, after two more tries", async () => {
  const page = () => new Response("<h1>Bad gateway</h1>", { status: 502 });
  const { api, calls, waits } = setUp([page(), page(), page()]);
  const error = await failure(api.get("/api/auth/me/"));
  expect(error).toMatchObject({ kind: "server", status: 502, code: "http_502" });
  expect(calls).toHaveLength(3);
  expect(waits).toEqual([300, 600]);
});

test("a GET is tried again after a network failure", async () => {
  const { api, calls } = setUp([new TypeError("Failed to fetch"), json({ ok: true })]);
  expect(await api.get("/api/auth/me/")).toEqual({ ok: true });
  expect(calls).toHaveLength(2);
});

test("Retry-After is honoured, and too long a wait is an error at once", async () => {
  const soon = setUp([problem(429, {}, { "Retry-After": "2" }), json({})]);
  await soon.api.get("/api/auth/me/");
  expect(soon.waits).toEqual([2000]);
  const late = setUp([problem(429, {}, { "Retry-After": "60" })]);
  const error = await failure(late.api.get("/api/auth/me/"));
  expect(error).toMatchObject({ kind: "rate_limited", retryAfterMs: 60_000 });
  expect(late.calls).toHaveLength(1);
});

test("a write is repeated only with an idempotency key of the caller", async () => {
  const csrf = tokens("csrftoken=t");
  const without = setUp([problem(503)], { csrf });
  await failure(without.api.post("/api/crm/customers/", {}));
  expect(without.calls).toHaveLength(1);
  const keyed = setUp([problem(503), json({}, 201)], { csrf });
  await keyed.api.post("/api/crm/customers/", {}, { idempotencyKey: "k" });
  expect(keyed.calls.map((call) => call.headers["Idempotency-Key"])).toEqual(["k", "k"]);
  const patch = setUp([problem(503)], { csrf });
  await failure(patch.api.patch("/api/auth/me/", { name: "A" }));
  expect(patch.calls).toHaveLength(1);
});

test("parallel writes without a token share one request for it", async () => {
  let cookie = "";
  const refresh = vi.fn(async () => {
    await Promise.resolve();
    cookie = "csrftoken=fresh";
  });
  const csrf = new CsrfTokens({ readCookies: () => cookie, refresh });
  const { api, calls } = setUp([json({}), json({}), json({})], { csrf });
  await Promise.all([1, 2, 3].map((n) => api.patch("/api/auth/me/", { name: String(n) })));
  expect(refresh).toHaveBeenCalledTimes(1);
  expect(calls.map((call) => call.headers["X-CSRFToken"])).toEqual(["fresh", "fresh", "fresh"]);
});

test("a refused token is refreshed once; a second refusal is thrown", async () => {
  let cookie = "csrftoken=old";
  const refresh = vi.fn(async () => {
    cookie = "csrftoken=new";
  });
  const csrf = new CsrfTokens({ readCookies: () => cookie, refresh });
  const refused = () => problem(403, { code: "csrf_failed" });
  const mended = setUp([refused(), json({})], { csrf });
  await mended.api.patch("/api/auth/me/", { name: "A" });
  expect(mended.calls.map((call) => call.headers["X-CSRFToken"])).toEqual(["old", "new"]);
  const refusedTwice = setUp([refused(), refused()], { csrf });
  const error = await failure(refusedTwice.api.patch("/api/auth/me/", { name: "A" }));
  expect(error.kind).toBe("csrf");
});

test("a caller's abort, a timeout and a network failure are told apart", async () => {
  const controller = new AbortController();
  const cancelled = setUp([hanging]);
  const pending = failure(cancelled.api.get("/api/auth/me/", { signal: controller.signal }));
  controller.abort();
  expect((await pending).kind).toBe("aborted");
  expect(cancelled.calls).toHaveLength(1);
  const slow = setUp([hanging, hanging, hanging], { timeoutMs: 5 });
  expect((await failure(slow.api.get("/api/auth/me/"))).kind).toBe("timeout");
  const down = setUp([new TypeError("x"), new TypeError("x"), new TypeError("x")]);
  expect((await failure(down.api.get("/api/auth/me/"))).kind).toBe("network");
});

// ASVS 4.2.5
test("an address longer than any server on the way takes is refused before it is sent", async () => {
  const { api, calls } = setUp([json({ results: [] })]);
  const long = failure(api.get("/api/crm/customers/", { query: { q: "ü".repeat(2_000) } }));
  expect(await long).toMatchObject({ kind: "validation", status: 414, code: "uri_too_long" });
  expect(calls).toHaveLength(0);
  await api.get("/api/crm/customers/", { query: { q: "ü".repeat(1_900) } });
  expect(calls).toHaveLength(1);
});

test("a 401 is reported once with its method, unless the caller expects one", async () => {
  const onUnauthenticated = vi.fn();
  const { api } = setUp([problem(401), problem(401, { flows: [{ id: "verify_email" }] })], {
    onUnauthenticated,
    csrf: tokens("csrftoken=t"),
  });
  const error = await failure(api.get("/api/auth/me/"));
  expect(onUnauthenticated.mock.calls).toEqual([[error, "GET"]]);
  const pending = await failure(
    api.post(
      "/api/auth/browser/v1/auth/login",
      { email: "a@b.example", password: "secret" },
      { expectUnauthenticated: true },
    ),
  );
  expect(pending.problem?.["flows"]).toEqual([{ id: "verify_email" }]);
  expect(onUnauthenticated).toHaveBeenCalledTimes(1);
});

test("the log has method, path, status and time, but neither query nor body", async () => {
  const { api, log } = setUp([json({}), json({})], { csrf: tokens("csrftoken=t") });
  await api.get("/api/crm/customers/", { query: { q: "secret@person.example" } });
  await api.patch("/api/auth/me/", { name: "Secret" });
  expect(log.map(({ method, path, status, attempt }) => [method, path, status, attempt])).toEqual([
    ["GET", "/api/crm/customers/", 200, 1],
    ["PATCH", "/api/auth/me/", 200, 1],
  ]);
  expect(JSON.stringify(log).toLowerCase()).not.toContain("secret");
});

test("follow takes only path and query of a page link", async () => {
  const { api, calls } = setUp([json({ results: [] })]);
  await api.follow("http://api.internal:8000/api/crm/customers/?cursor=abc%3D&limit=50");
  expect(calls[0]?.url).toBe("/api/crm/customers/?cursor=abc%3D&limit=50");
});
