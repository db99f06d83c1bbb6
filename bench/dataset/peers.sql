-- What the peers need beside Dott's own tables; safe to repeat. They read and write the same rows through
-- the same indexes, under a policy of their own kind: the plain transaction-local setting that most
-- projects use. Dott's policy is narrowed to Dott's roles, because two permissive policies of one role
-- would be joined by OR. No column here is called tenant_id: Dott's audit takes that name for its own.

SET client_min_messages = warning;

ALTER POLICY tenant_isolation ON crm_customer TO dott_rw, dott_owner, dott_auth;
ALTER POLICY tenant_isolation ON crm_number_counter TO dott_rw, dott_owner, dott_auth;
ALTER POLICY tenant_isolation ON identity_membership TO dott_rw, dott_owner, dott_auth;

DROP POLICY IF EXISTS peer_isolation ON crm_customer;
DROP POLICY IF EXISTS peer_isolation ON crm_number_counter;
DROP POLICY IF EXISTS peer_isolation ON identity_membership;
DROP POLICY IF EXISTS peer_reads ON identity_user;
CREATE POLICY peer_isolation ON crm_customer TO bench_peer
    USING (tenant_id = current_setting('peer.tenant')::uuid);
CREATE POLICY peer_isolation ON crm_number_counter TO bench_peer
    USING (tenant_id = current_setting('peer.tenant')::uuid);
CREATE POLICY peer_isolation ON identity_membership FOR SELECT TO bench_peer
    USING (tenant_id = current_setting('peer.tenant')::uuid);
CREATE POLICY peer_reads ON identity_user FOR SELECT TO bench_peer USING (true);

GRANT CONNECT ON DATABASE :"DBNAME" TO bench_peer;
GRANT USAGE ON SCHEMA public, app TO bench_peer;
GRANT SELECT, INSERT, UPDATE ON crm_customer, crm_number_counter TO bench_peer;
GRANT SELECT ON identity_membership, identity_user TO bench_peer;
GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO bench_peer;
-- What the generated columns of a customer call.
GRANT EXECUTE ON FUNCTION
    app.search_key(text), app.match_name(text), app.name_sound(text), app.own_domain(text, text),
    app.own_words(jsonb) TO bench_peer;

DROP SCHEMA IF EXISTS peer CASCADE;
CREATE SCHEMA peer AUTHORIZATION bench_peer;
SET ROLE bench_peer;
CREATE TABLE peer.session (
    sid text PRIMARY KEY,
    user_id uuid NOT NULL,
    business_id uuid NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE TABLE peer.django_session (
    session_key varchar(40) PRIMARY KEY,
    session_data text NOT NULL,
    expire_date timestamptz NOT NULL
);
CREATE INDEX ON peer.django_session (expire_date);
-- Peers keep history too: one row for each write, in the write's transaction.
CREATE TABLE peer.audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    business_id uuid NOT NULL,
    membership_id uuid NOT NULL,
    record_id uuid NOT NULL,
    operation text NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON peer.audit_log (business_id, record_id, id);
RESET ROLE;

INSERT INTO peer.session (sid, user_id, business_id, expires_at)
SELECT 'bench-session-of-' || slug, md5('owner ' || substr(slug, 10))::uuid, id, now() + interval '10 years'
  FROM identity_tenant WHERE slug LIKE 'business-%';
ANALYZE peer.session;
