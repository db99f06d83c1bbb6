// SQL of the customers.
const COLUMNS = `c.id, 'C-' || lpad(c.number::text, greatest(length(c.number::text), 6), '0') AS account_number,
  c.external_id, c.kind, c.display_name, c.business_name, c.salutation, c.first_name, c.last_name, c.email,
  c.phone, c.phone_extension, c.phone_raw, c.website, c.stage, c.status, c.owner_id AS owner,
  coalesce(m.display_name, '') AS owner_name, c.source, c.industry, c.tax_id, c.is_tax_exempt,
  c.tax_exempt_certificate, c.tax_exempt_expires_on, c.currency, c.language, c.timezone, c.billing_line1,
  c.billing_line2, c.billing_city, c.billing_county, c.billing_region, c.billing_postal_code,
  c.billing_country, c.shipping_recipient, c.shipping_phone, c.shipping_line1, c.shipping_line2,
  c.shipping_city, c.shipping_county, c.shipping_region, c.shipping_postal_code, c.shipping_country,
  c.delivery_instructions, c.notes, c.do_not_call, c.do_not_email, c.tags, c.custom, c.last_activity_at,
  c.next_activity_at, c.created_at, c.updated_at, c.created_by_id AS created_by, c.updated_by_id AS updated_by, c.deleted_at,
  c.version`;
const JOINED = "LEFT JOIN identity_membership m ON m.id = c.owner_id";
const FILTERS = ["kind", "stage", "status", "source", "industry", "billing_country"];
const SEARCHED = ["business_name", "first_name", "last_name", "email", "external_id", "billing_city"];

const column = (name) => (name === "owner" ? "owner_id" : name);

export async function list(client, query) {
  const conditions = ["c.deleted_at IS NULL"];
  const values = [];
  for (const name of FILTERS.filter((one) => query[one] !== undefined)) {
    values.push(query[name]);
    conditions.push(`c.${name} = $${values.length}`);
  }
  if (query.q) {
    values.push(`%${query.q.replace(/[\\%_]/g, "\\$&")}%`);
    conditions.push(`(${SEARCHED.map((one) => `c.${one} ILIKE $${values.length}`).join(" OR ")})`);
  }
  const where = conditions.join(" AND ");
  const { rows } = await client.query(
    `SELECT ${COLUMNS} FROM crm_customer c ${JOINED} WHERE ${where}
      ORDER BY c.created_at DESC, c.id DESC LIMIT ${query.limit}`,
    values,
  );
  if (!query.count) return { results: rows };
  const counted = await client.query(`SELECT count(*) AS count FROM crm_customer c WHERE ${where}`, values);
  return { results: rows, count: counted.rows[0].count };
}

export async function find(client, id) {
  const text = `SELECT ${COLUMNS} FROM crm_customer c ${JOINED} WHERE c.id = $1 AND c.deleted_at IS NULL`;
  return (await client.query({ name: "find", text, values: [id] })).rows[0];
}

async function log(client, member, id, operation, before, after) {
  await client.query({
    name: "log",
    text: `INSERT INTO peer.audit_log (business_id, membership_id, record_id, operation, before, after)
           VALUES ($1, $2, $3, $4, $5, $6)`,
    values: [member.tenant_id, member.id, id, operation, before, after],
  });
}

export async function create(client, member, body) {
  const counter = await client.query({
    name: "number",
    text: `UPDATE crm_number_counter SET last_number = last_number + 1
            WHERE series = 'customer' RETURNING last_number`,
  });
  const row = {
    ...Object.fromEntries(Object.entries(body).map(([name, value]) => [column(name), value])),
    tenant_id: member.tenant_id,
    number: counter.rows[0].last_number,
    created_by_id: member.id,
    updated_by_id: member.id,
  };
  const names = Object.keys(row);
  const inserted = await client.query(
    `INSERT INTO crm_customer (${names.join(", ")}) VALUES (${names.map((_, at) => `$${at + 1}`).join(", ")})
     RETURNING id`,
    Object.values(row),
  );
  const { id } = inserted.rows[0];
  await log(client, member, id, "create", {}, body);
  return find(client, id);
}

export async function change(client, member, id, body) {
  const before = await find(client, id);
  if (!before) return undefined;
  const names = Object.keys(body).filter((name) => before[name] !== body[name]);
  const values = names.map((name) => body[name]);
  const sets = names.map((name, at) => `${column(name)} = $${at + 3}`);
  await client.query(
    `UPDATE crm_customer SET ${[...sets, "version = version + 1", "updated_at = now()", "updated_by_id = $2"].join(", ")}
      WHERE id = $1`,
    [id, member.id, ...values],
  );
  const pick = (row) => Object.fromEntries(names.map((name) => [name, row[name]]));
  await log(client, member, id, "update", pick(before), pick(body));
  return find(client, id);
}
