// @vitest-environment node
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import path from "node:path";
import { expect, test } from "vitest";
import { closeIdleFirst, IDLE_MS, optionsOf } from "./idle-upstream";

/** Answers every request, and never closes a connection by itself. */
async function patientServer() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, sockets, port: (server.address() as AddressInfo).port };
}

async function ask(agent: Agent, port: number): Promise<number | undefined> {
  const [answer] = await once(get({ agent, port, host: "127.0.0.1" }), "response");
  answer.resume();
  await once(answer, "end");
  return answer.statusCode;
}

test("a connection that lies idle is closed from this side, and the next request makes another", async () => {
  closeIdleFirst(50);
  const { server, sockets, port } = await patientServer();
  // As Next's rewrite has it: for ever.
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
  expect(await ask(agent, port)).toBe(200);
  await once(sockets[0] as Socket, "end");
  expect(await ask(agent, port)).toBe(200);
  expect(sockets).toHaveLength(2);
  agent.destroy();
  server.close();
});

test("an agent that has a time of its own keeps it", async () => {
  closeIdleFirst(50);
  const { server, port } = await patientServer();
  const agent = new Agent({ keepAlive: true, timeout: 60_000 });
  await ask(agent, port);
  expect(optionsOf(agent).timeout).toBe(60_000);
  agent.destroy();
  server.close();
});

test("the API keeps a connection longer than this side does", () => {
  const serve = path.resolve(import.meta.dirname, "../../../backend/pyfactor/config/serve.py");
  const idle = /^IDLE_S = (\d+)$/m.exec(readFileSync(serve, "utf8"));
  expect(Number(idle?.[1]) * 1000).toBeGreaterThan(2 * IDLE_MS);
});
