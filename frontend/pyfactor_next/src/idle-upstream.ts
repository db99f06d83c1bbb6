import diagnostics from "node:diagnostics_channel";
import { Agent, type AgentOptions } from "node:http";

/**
 * How long a connection to the API may lie unused. Less than IDLE_S of the API (config/serve.py), so
 * that it is always this side that closes it.
 */
export const IDLE_MS = 10_000;

/**
 * Next keeps its connections to the API for ever. The API closes what lies idle, and a request that
 * is written to a connection which is just being closed ends as "socket hang up", for which Next
 * answers 500. Agents that say nothing of how long they keep a connection get `idleMs`.
 */
export function closeIdleFirst(idleMs: number): void {
  diagnostics.subscribe("http.client.request.start", (message) => {
    const { agent } = (message as { request: { agent?: unknown } }).request;
    if (!(agent instanceof Agent)) return;
    // Read when a connection is put by, so setting it at an agent's first request is in time.
    optionsOf(agent).timeout ??= idleMs;
  });
}

/** Documented by Node and missing in its types. */
export function optionsOf(agent: Agent): AgentOptions {
  return (agent as Agent & { options: AgentOptions }).options;
}
