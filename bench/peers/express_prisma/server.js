// Customers over HTTP, in two processes.
import cluster from "node:cluster";
import cookies from "cookie-parser";
import express from "express";
import * as customers from "./customers.js";
import { asMember, Refused } from "./db.js";
import * as schemas from "./schemas.js";

const WRITERS = new Set(["owner", "admin", "member"]);
const PATH = "/api/crm/customers/";

const parsed = (schema, value) => {
  const { success, data } = schema.safeParse(value);
  if (!success) throw new Refused(400);
  return data;
};
const found = (row) => {
  if (!row) throw new Refused(404);
  return row;
};
const write = (work) => (tx, member) => {
  if (!WRITERS.has(member.role)) throw new Refused(403);
  return work(tx, member);
};

function build() {
  const app = express();
  app.disable("x-powered-by");
  app.use(cookies());
  app.use(express.json());

  app.get(PATH, async (request, response) => {
    const query = parsed(schemas.query, request.query);
    response.json(await asMember(request.cookies.sid, (tx) => customers.list(tx, query)));
  });
  app.get(`${PATH}:id/`, async (request, response) => {
    const work = (tx) => customers.find(tx, request.params.id);
    response.json(found(await asMember(request.cookies.sid, work)));
  });
  app.post(PATH, async (request, response) => {
    const body = parsed(schemas.created, request.body);
    const work = write((tx, member) => customers.create(tx, member, body));
    response.status(201).json(await asMember(request.cookies.sid, work));
  });
  app.patch(`${PATH}:id/`, async (request, response) => {
    const body = parsed(schemas.change, request.body);
    const work = write((tx, member) => customers.change(tx, member, request.params.id, body));
    response.json(found(await asMember(request.cookies.sid, work)));
  });
  app.use((error, _request, response, _next) => {
    if (!(error instanceof Refused)) console.error(error);
    response.status(error.status ?? 500).json({ error: error.message });
  });
  return app;
}

if (cluster.isPrimary) {
  cluster.fork();
  cluster.fork();
  process.on("SIGTERM", () => process.exit(0));
} else {
  build().listen(Number(process.env.PORT), "127.0.0.1");
}
