import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { stampForwarded } from "./client-address";

function incoming(headers: Record<string, string>): IncomingMessage {
  return { headers, socket: { remoteAddress: "::ffff:192.0.2.7" } } as unknown as IncomingMessage;
}

test("without a proxy in front, what the client claims is dropped", () => {
  const request = incoming({ "x-forwarded-for": "203.0.113.1", "x-forwarded-proto": "https" });
  stampForwarded(request, 0);
  expect(request.headers["x-forwarded-for"]).toBe("192.0.2.7");
  expect(request.headers["x-forwarded-proto"]).toBe("http");
});

test("behind a proxy the socket's address is added at the end", () => {
  const request = incoming({ "x-forwarded-for": "203.0.113.1", "x-forwarded-proto": "https" });
  stampForwarded(request, 1);
  expect(request.headers["x-forwarded-for"]).toBe("203.0.113.1, 192.0.2.7");
  expect(request.headers["x-forwarded-proto"]).toBe("https");
});
