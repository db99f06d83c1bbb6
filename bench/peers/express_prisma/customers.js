// What is asked of the customers' table.
const FILTERS = ["kind", "stage", "status", "source", "industry", "billing_country"];
const SEARCHED = ["business_name", "first_name", "last_name", "email", "external_id", "billing_city"];
const include = { member: { select: { display_name: true } } };

function shown({ tenant_id: _tenant, number, owner_id: owner, member, version, ...row }) {
  return {
    ...row,
    account_number: `C-${String(number).padStart(6, "0")}`,
    owner,
    owner_name: member?.display_name ?? "",
    tax_exempt_expires_on: row.tax_exempt_expires_on?.toISOString().slice(0, 10) ?? null,
    version: Number(version),
  };
}

export async function list(tx, query) {
  const where = { deleted_at: null };
  for (const name of FILTERS) if (query[name] !== undefined) where[name] = query[name];
  if (query.q) where.OR = SEARCHED.map((name) => ({ [name]: { contains: query.q, mode: "insensitive" } }));
  const rows = await tx.customer.findMany({
    where, include, orderBy: [{ created_at: "desc" }, { id: "desc" }], take: query.limit,
  });
  const results = rows.map(shown);
  return query.count ? { results, count: await tx.customer.count({ where }) } : { results };
}

export async function find(tx, id) {
  const row = await tx.customer.findFirst({ where: { id, deleted_at: null }, include });
  return row && shown(row);
}

async function log(tx, member, id, operation, before, after) {
  await tx.auditLog.create({
    data: { business_id: member.tenant_id, membership_id: member.id, record_id: id, operation, before, after },
  });
}

const columns = ({ owner, ...body }) => (owner === undefined ? body : { ...body, owner_id: owner });

export async function create(tx, member, body) {
  const counter = await tx.numberCounter.findFirst({ where: { series: "customer" } });
  const { last_number: number } = await tx.numberCounter.update({
    where: { id: counter.id }, data: { last_number: { increment: 1 } },
  });
  const row = await tx.customer.create({
    data: {
      ...columns(body), tenant_id: member.tenant_id, number, created_by: member.id, updated_by: member.id,
    },
    include,
  });
  await log(tx, member, row.id, "create", {}, body);
  return shown(row);
}

export async function change(tx, member, id, body) {
  const before = await find(tx, id);
  if (!before) return null;
  const row = await tx.customer.update({
    where: { id },
    data: { ...columns(body), version: { increment: 1 }, updated_at: new Date(), updated_by: member.id },
    include,
  });
  const names = Object.keys(body).filter((name) => before[name] !== body[name]);
  const pick = (from) => Object.fromEntries(names.map((name) => [name, from[name]]));
  await log(tx, member, id, "update", pick(before), pick(body));
  return shown(row);
}
