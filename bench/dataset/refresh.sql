-- Before and after a run: sessions are alive, and what earlier runs wrote is gone.
-- A run marks what it writes: created customers by their source, changed ones by their note.

SET session_replication_role = replica;
UPDATE identity_session SET last_seen_at = now(), expires_at = now() + interval '10 years';
DELETE FROM crm_customer WHERE source = 'bench';
UPDATE crm_customer SET notes = '', version = 1, updated_at = created_at
 WHERE version > 1;
UPDATE crm_number_counter AS counter
   SET last_number = (SELECT coalesce(max(number), 0) FROM crm_customer AS c WHERE c.tenant_id = counter.tenant_id)
 WHERE EXISTS (SELECT FROM history_change) OR EXISTS (SELECT FROM peer.audit_log);
-- CASCADE: import jobs name the change set they made; there are none here.
TRUNCATE history_change, history_change_set, peer.audit_log CASCADE;
