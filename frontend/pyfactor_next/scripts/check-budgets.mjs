/**
 * Compares what a page makes the browser load first with its budget: the script files its HTML
 * names, gzipped, plus all style sheets. Next no longer prints these sizes.
 *
 * Without DOTT_E2E_URL the pages without a session are measured on a server started here; with it
 * (and the demo sign-in of DOTT_DEMO_EMAIL and DOTT_DEMO_PASSWORD) every page of a running Dott.
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { gzipSync } from "node:zlib";

const KB = 1024;
/**
 * Gzipped kilobytes of script; `{slug}` is the demo business, `{customer}` one of its customers. A
 * ratchet a little above what was measured: a number goes up only with what a page newly does.
 */
const budgets = [
  { page: "/sign-in", script: 207 },
  { page: "/sign-up", script: 205 },
  { page: "/{slug}/customers", script: 273 },
  { page: "/{slug}/customers/{customer}", script: 258 },
  { page: "/{slug}/imports", script: 225 },
  { page: "/{slug}/imports/new", script: 225 },
  { page: "/{slug}/settings/profile", script: 236 },
  { page: "/{slug}/settings/business", script: 236 },
  { page: "/{slug}/settings/security", script: 220 },
];
const STYLE_KB = 15;
const PORT = 3199;

const root = path.resolve(import.meta.dirname, "..");
const jar = new Map();
let origin = process.env.DOTT_E2E_URL;
let server;

async function request(url, init = {}) {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const headers = { Cookie: cookie, Origin: origin, ...init.headers };
  const response = await fetch(new URL(url, origin), { redirect: "manual", ...init, headers });
  for (const line of response.headers.getSetCookie()) {
    const [pair] = line.split(";");
    const at = pair.indexOf("=");
    jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return response;
}

async function startServer() {
  origin = `http://127.0.0.1:${PORT}`;
  server = spawn(process.execPath, [path.join(root, ".next/standalone/server.js")], {
    env: { ...process.env, NODE_ENV: "production", HOSTNAME: "127.0.0.1", PORT: String(PORT) },
    stdio: "inherit",
  });
  for (let tries = 0; tries < 100; tries++) {
    const up = await fetch(new URL("/healthz", origin)).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The standalone server does not answer; build it first.");
}

/** Signs in and returns what the addresses name, or undefined when nobody is named. */
async function signIn() {
  const { DOTT_DEMO_EMAIL: email, DOTT_DEMO_PASSWORD: password } = process.env;
  if (!email || !password) return undefined;
  const { csrf_token: token } = await (await request("/api/auth/csrf/")).json();
  const answer = await request("/api/auth/browser/v1/auth/login", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`Signing in as ${email} failed: ${answer.status}`);
  const { tenant } = await (await request("/api/auth/me/")).json();
  const { results } = await (await request("/api/crm/customers/?limit=1&fields=id")).json();
  return { slug: tenant.slug, customer: results[0].id };
}

async function gzippedSize(url) {
  const response = await request(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return gzipSync(Buffer.from(await response.arrayBuffer()), { level: 9 }).length;
}

async function sum(urls) {
  const sizes = await Promise.all([...new Set(urls)].map(gzippedSize));
  return sizes.reduce((total, size) => total + size, 0) / KB;
}

async function measure(page) {
  const response = await request(page);
  if (response.status !== 200) throw new Error(`${page}: ${response.status}`);
  const html = await response.text();
  const scripts = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)]
    // Only browsers that cannot run the others load these.
    .filter(([tag]) => !/nomodule/i.test(tag))
    .map(([, url]) => url);
  const styles = [...html.matchAll(/<link[^>]*rel="stylesheet"[^>]*>/g)].map(
    ([tag]) => /href="([^"]+)"/.exec(tag)[1],
  );
  return { script: await sum(scripts), style: await sum(styles) };
}

async function main() {
  if (!origin) await startServer();
  const names = await signIn();
  let failures = 0;
  for (const { page, script: budget } of budgets) {
    if (page.includes("{slug}") && !names) continue;
    const { script, style } = await measure(
      page.replace("{slug}", names?.slug).replace("{customer}", names?.customer),
    );
    const isWithin = script <= budget && style <= STYLE_KB;
    if (!isWithin) failures++;
    const verdict = isWithin ? "ok  " : "OVER";
    console.log(
      `${verdict} ${page.padEnd(30)} script ${script.toFixed(0).padStart(4)} of ${budget} KB` +
        `, style ${style.toFixed(1).padStart(5)} of ${STYLE_KB} KB`,
    );
  }
  return failures;
}

try {
  process.exitCode = (await main()) > 0 ? 1 : 0;
} finally {
  server?.kill();
}
