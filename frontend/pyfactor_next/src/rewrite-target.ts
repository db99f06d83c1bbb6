import type { ServerResponse } from "node:http";

/** Next sets it on every answer that proxy.ts passes on, and offers no way to leave it out. */
const HEADER = "x-middleware-rewrite";

/** Keeps the API's address inside: browsers get the answer without the header that names it. */
export function hideRewriteTarget(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    name.toLowerCase() === HEADER ? response : setHeader(name, value);
}
