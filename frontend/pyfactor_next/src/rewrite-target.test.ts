import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { hideRewriteTarget } from "./rewrite-target";

test("an answer does not say where the API is, and keeps its other headers", () => {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  hideRewriteTarget(response);
  response
    .setHeader("X-Middleware-Rewrite", "http://127.0.0.1:8000/api/")
    .setHeader("X-Request-ID", "7");
  expect(response.getHeaders()).toEqual({ "x-request-id": "7" });
});
