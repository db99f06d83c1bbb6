// The pool, and a transaction in the business of the request's session.
import pg from "pg";

pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

const pool = new pg.Pool({ max: 8 });

const SESSION = {
  name: "session",
  text: `SELECT s.user_id, s.business_id FROM peer.session s
           JOIN identity_user u ON u.id = s.user_id AND u.is_active
          WHERE s.sid = $1 AND s.expires_at > now()`,
};
const TENANT = { name: "tenant", text: "SELECT set_config('peer.tenant', $1, true)" };
const MEMBER = {
  name: "member",
  text: "SELECT id, tenant_id, role FROM identity_membership WHERE user_id = $1 AND status = 'active'",
};

export async function asMember(sid, work) {
  const client = await pool.connect();
  try {
    const { rows: [session] } = await client.query(SESSION, [sid ?? ""]);
    if (!session) return { status: 401 };
    await client.query("BEGIN");
    await client.query(TENANT, [session.business_id]);
    const { rows: [member] } = await client.query(MEMBER, [session.user_id]);
    const answer = member ? await work(client, member) : { status: 403 };
    await client.query(answer.status >= 400 ? "ROLLBACK" : "COMMIT");
    return answer;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
