// @vitest-environment node
import { NextRequest } from "next/server";
import { afterEach, expect, test, vi } from "vitest";
import { proxy } from "./proxy";

afterEach(() => vi.unstubAllEnvs());

function open(path: string, cookie = ""): Response {
  const headers = cookie ? { cookie } : {};
  return proxy(new NextRequest(`http://localhost:3000${path}`, { headers }));
}

test("a page that needs a session leads to sign in and back", () => {
  const answer = open("/acme/customers?q=k%C3%B6ln");
  expect(answer.status).toBe(307);
  expect(answer.headers.get("location")).toBe(
    "http://localhost:3000/sign-in?next=%2Facme%2Fcustomers%3Fq%3Dk%25C3%25B6ln",
  );
  expect(open("/acme/customers", "sid=1").status).toBe(200);
});

test("the session's cookie has the name that the API gives it", () => {
  vi.stubEnv("DOTT_SESSION_COOKIE_NAME", "__Host-sid");
  expect(open("/acme/customers", "sid=1").status).toBe(307);
  expect(open("/acme/customers", "__Host-sid=1").status).toBe(200);
});

// ASVS 3.4.3
test("every page has a nonce of its own and is never stored", () => {
  const [first, second] = [open("/sign-in"), open("/sign-in")].map(({ headers }) => headers);
  expect(first?.get("content-security-policy")).toMatch(
    /script-src 'self' 'nonce-\S+' 'strict-dynamic'/,
  );
  expect(first?.get("content-security-policy")).not.toBe(second?.get("content-security-policy"));
  expect(first?.get("cache-control")).toBe("no-store");
});

// ASVS 3.7.1
test("no page may load a plug-in, or anything in a frame around it", () => {
  const policy = open("/sign-in").headers.get("content-security-policy");
  expect(policy).toContain("object-src 'none'");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/plugin-types|unsafe-eval/);
});

test("the API gets its path exactly as written", () => {
  vi.stubEnv("DOTT_API_ORIGIN", "http://127.0.0.1:8123/");
  expect(open("/api/crm/customers/?q=a%2Bb").headers.get("x-middleware-rewrite")).toBe(
    "http://127.0.0.1:8123/api/crm/customers/?q=a%2Bb",
  );
});

test("sockets go to the realtime process, upgrade and all", () => {
  vi.stubEnv("DOTT_REALTIME_ORIGIN", "http://127.0.0.1:8124");
  expect(open("/ws/").headers.get("x-middleware-rewrite")).toBe("http://127.0.0.1:8124/ws/");
});
