// Customers over HTTP, in two processes.
import cluster from "node:cluster";
import cookie from "@fastify/cookie";
import etag from "@fastify/etag";
import fastify from "fastify";
import * as customers from "./customers.js";
import { asMember } from "./db.js";
import { change, customer, page, query } from "./schemas.js";

const WRITERS = new Set(["owner", "admin", "member"]);
const PATH = "/api/crm/customers/";

function isNamed(body) {
  return body.kind === "person" ? body.first_name || body.last_name : body.business_name;
}

async function build() {
  const app = fastify();
  await app.register(cookie);
  await app.register(etag);

  const answer = async (request, reply, work) => {
    const { status, body } = await asMember(request.cookies.sid, work);
    reply.code(status);
    return body ?? {};
  };
  const write = (work) => async (client, member) =>
    WRITERS.has(member.role) ? work(client, member) : { status: 403 };
  const found = (body, status = 200) => (body ? { status, body } : { status: 404 });

  app.get(PATH, { schema: { querystring: query, response: { 200: page } } }, (request, reply) =>
    answer(request, reply, async (client) => found(await customers.list(client, request.query))),
  );
  app.get(`${PATH}:id/`, { schema: { response: { 200: customer } } }, (request, reply) =>
    answer(request, reply, async (client) => found(await customers.find(client, request.params.id))),
  );
  app.post(PATH, { schema: { body: change, response: { 201: customer } } }, (request, reply) =>
    answer(request, reply, write(async (client, member) =>
      isNamed(request.body)
        ? found(await customers.create(client, member, request.body), 201)
        : { status: 400, body: { error: "A business needs its name, a person a first or a last name." } },
    )),
  );
  app.patch(`${PATH}:id/`, { schema: { body: change, response: { 200: customer } } }, (request, reply) =>
    answer(request, reply, write(async (client, member) =>
      found(await customers.change(client, member, request.params.id, request.body)),
    )),
  );
  return app;
}

if (cluster.isPrimary) {
  cluster.fork();
  cluster.fork();
  process.on("SIGTERM", () => process.exit(0));
} else {
  const app = await build();
  await app.listen({ host: "127.0.0.1", port: Number(process.env.PORT) });
}
