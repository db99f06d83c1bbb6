/** The only reader of process.env. Values are read per call: one build runs in every place. */

/** Written out so that the bundler can drop development code from browser bundles. */
export const isDevelopment = process.env.NODE_ENV === "development";

/** Where Django answers, without a trailing slash. Server only. */
export function apiOrigin(): string {
  const value = process.env["DOTT_API_ORIGIN"] || "http://127.0.0.1:8000";
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

/** Which server Next is starting: "nodejs" or "edge". */
export function nextRuntime(): string | undefined {
  return process.env["NEXT_RUNTIME"];
}
