-- Businesses with two members each (an owner and a member) and one live session for the owner.
-- Reads temp table size (n, rows). Ids and tokens follow from n, so that a run can name them.

CREATE TEMP TABLE business AS
SELECT n, rows,
       md5('business ' || n)::uuid AS tenant_id,
       md5('owner ' || n)::uuid AS user_id,
       md5('member ' || n)::uuid AS colleague_id,
       md5('membership ' || n)::uuid AS membership_id,
       md5('colleague ' || n)::uuid AS colleague_membership_id
  FROM size;

INSERT INTO identity_tenant (id, slug, name, currency, country, language, timezone, week_start, status,
                             onboarded_at, created_at, version)
SELECT tenant_id, 'business-' || n, 'Business ' || n, 'EUR', 'DE', 'en', 'UTC', 1, 'active', now(), now(), 1
  FROM business;

INSERT INTO identity_user (id, email, name, language, timezone, is_active, password, created_at)
SELECT user_id, 'owner' || n || '@example.com', 'Owner ' || n, 'en', '', true, '!', now() FROM business
UNION ALL
SELECT colleague_id, 'member' || n || '@example.com', 'Member ' || n, 'en', '', true, '!', now() FROM business;

INSERT INTO identity_membership (id, tenant_id, user_id, role, status, display_name, created_at)
SELECT membership_id, tenant_id, user_id, 'owner', 'active', 'Owner ' || n, now() FROM business
UNION ALL
SELECT colleague_membership_id, tenant_id, colleague_id, 'member', 'active', 'Member ' || n, now() FROM business;

INSERT INTO identity_session (token_hash, user_id, active_tenant, last_seen_at, expires_at, auth_time,
                              session_data, ip, user_agent)
SELECT sha256(sha256(convert_to('bench-session-of-business-' || n, 'UTF8'))), user_id, tenant_id, now(),
       now() + interval '10 years', now(), '', '', 'bench'
  FROM business;

INSERT INTO crm_number_counter (tenant_id, series, last_number)
SELECT tenant_id, 'customer', rows FROM business;
