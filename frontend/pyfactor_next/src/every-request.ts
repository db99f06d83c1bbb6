import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { stampForwarded } from "./client-address";
import { proxyHops } from "./env";
import { closeIdleFirst, IDLE_MS } from "./idle-upstream";
import { hideRewriteTarget } from "./rewrite-target";

/**
 * What Next leaves no other place for. Node publishes every request on this channel before any
 * listener of the server sees it.
 */
export function attendEveryRequest(): void {
  closeIdleFirst(IDLE_MS);
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { request, response } = message as {
      request: IncomingMessage;
      response: ServerResponse;
    };
    stampForwarded(request, proxyHops());
    hideRewriteTarget(response);
  });
}
