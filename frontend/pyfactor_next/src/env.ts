/**
 * The reader of process.env (instrumentation.ts asks for Next's own NEXT_RUNTIME besides). Values are
 * read per call: one build runs in every place.
 */

/** Written out so that the bundler can drop development code from browser bundles. */
export const isDevelopment = process.env.NODE_ENV === "development";

/** Where Django answers, without a trailing slash. Server only. */
export function apiOrigin(): string {
  const value = process.env["DOTT_API_ORIGIN"] || "http://127.0.0.1:8000";
  return value.replace(/\/+$/, "");
}

/** Where the process with the WebSockets of open pages answers, likewise. Server only. */
export function realtimeOrigin(): string {
  const value = process.env["DOTT_REALTIME_ORIGIN"] || "http://127.0.0.1:8001";
  return value.replace(/\/+$/, "");
}

/**
 * How many reverse proxies stand in front of this process (0 when browsers reach it directly).
 * Only with at least one are the forwarding headers of a request believed.
 */
export function proxyHops(): number {
  const hops = Number(process.env["DOTT_PROXY_HOPS"] ?? 0);
  return Number.isInteger(hops) && hops > 0 ? hops : 0;
}

/** Name of the session's cookie; the API reads the same setting. Server only. */
export function sessionCookie(): string {
  return process.env["DOTT_SESSION_COOKIE_NAME"] || "sid";
}
