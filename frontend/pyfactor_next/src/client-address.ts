import type { IncomingMessage } from "node:http";

/**
 * Sets the forwarding headers of a request from the socket it came by.
 *
 * Next fills X-Forwarded-For only when the browser did not, so anybody could choose the address
 * that rate limits and the session list go by. With no proxy in front, what a client sends is
 * dropped; behind one, the address of the socket is added at the end, as proxies do.
 */
export function stampForwarded(request: IncomingMessage, hops: number): void {
  const address = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const given = request.headers["x-forwarded-for"];
  if (hops === 0) {
    request.headers["x-forwarded-for"] = address;
    request.headers["x-forwarded-proto"] = "http";
    delete request.headers["x-forwarded-host"];
    delete request.headers["forwarded"];
    delete request.headers["x-real-ip"];
  } else {
    request.headers["x-forwarded-for"] = given ? `${given}, ${address}` : address;
  }
}
