-- The signed tenant context (tenancy.md 3). Run by the owner before every migration; safe to repeat.
-- $idle_seconds is filled in from settings.SESSION_IDLE_SECONDS.
--
-- One parameter, app.ctx, holds   mac (64) || tenant (36) || user (36) || membership (36) || role.
-- The mac is keyed with a secret that only dott_definer can read and covers transaction_timestamp(),
-- so a context can neither be made by the application nor outlive its transaction.

SET ROLE dott_definer;

CREATE TABLE IF NOT EXISTS app.ctx_key (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    inner_key bytea NOT NULL,
    outer_key bytea NOT NULL
);
REVOKE ALL ON app.ctx_key FROM PUBLIC;
INSERT INTO app.ctx_key (inner_key, outer_key)
SELECT string_agg(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), ''::bytea) FILTER (WHERE n <= 2),
       string_agg(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), ''::bytea) FILTER (WHERE n > 2)
  FROM generate_series(1, 4) AS n
    ON CONFLICT DO NOTHING;

-- _mac and _body run for every row that is written, so they have no search_path of their own (each function
-- below that calls them has one, and nobody else may), and are plpgsql, which keeps its plans: half the cost.
CREATE OR REPLACE FUNCTION app._mac(body text) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$$$
DECLARE
    k app.ctx_key;
BEGIN
    SELECT * INTO k FROM app.ctx_key;
    RETURN encode(
        sha256(k.outer_key || sha256(
            k.inner_key || timestamptz_send(transaction_timestamp()) || convert_to(body, 'UTF8'))),
        'hex');
END
$$$$;
REVOKE ALL ON FUNCTION app._mac(text) FROM PUBLIC;

-- SET LOCAL and not set_config(): a distributed engine forwards only the statement to its workers.
CREATE OR REPLACE FUNCTION app._install(tenant uuid, member_user uuid, membership uuid, role text) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$$$
DECLARE
    body text := tenant::text || member_user::text || membership::text || role;
BEGIN
    EXECUTE format('SET LOCAL app.ctx = %L', app._mac(body) || body);
END
$$$$;
REVOKE ALL ON FUNCTION app._install(uuid, uuid, uuid, text) FROM PUBLIC;

-- The verified body, or an error. Loud on purpose: a policy that yields NULL hides every row and every bug.
CREATE OR REPLACE FUNCTION app._body() RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$$$
DECLARE
    context text := current_setting('app.ctx', true);
BEGIN
    IF context IS NULL OR context = '' THEN
        RAISE EXCEPTION 'no tenant context' USING ERRCODE = 'DT001';
    END IF;
    IF left(context, 64) IS DISTINCT FROM app._mac(substr(context, 65)) THEN
        RAISE EXCEPTION 'invalid tenant context' USING ERRCODE = 'DT002';
    END IF;
    RETURN substr(context, 65);
END
$$$$;
REVOKE ALL ON FUNCTION app._body() FROM PUBLIC;

CREATE OR REPLACE FUNCTION app.tenant_id() RETURNS uuid
    LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$ BEGIN RETURN substr(app._body(), 1, 36)::uuid; END $$$$;

CREATE OR REPLACE FUNCTION app.user_id() RETURNS uuid
    LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$ BEGIN RETURN substr(app._body(), 37, 36)::uuid; END $$$$;

CREATE OR REPLACE FUNCTION app.membership_id() RETURNS uuid
    LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$ BEGIN RETURN substr(app._body(), 73, 36)::uuid; END $$$$;

CREATE OR REPLACE FUNCTION app.role() RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$ BEGIN RETURN substr(app._body(), 109); END $$$$;

-- A function cannot be replaced by one that answers more. (Column `sees`: since 2026-11-29.)
DO $$$$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_proc
                    WHERE oid = to_regprocedure('app.enter(bytea, uuid)') AND 'sees' = ANY (proargnames)) THEN
        DROP FUNCTION IF EXISTS app.enter(bytea, uuid), app.enter_key(bytea), app.claim_job(uuid);
    END IF;
END
$$$$;

-- Whose records a member sees, when not everybody's: her own, or also those of her teams' members. Sorted, because
-- answers are compared (one_trip.py).
CREATE OR REPLACE FUNCTION app._sees(p_tenant uuid, p_membership uuid, p_scope text) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$$$
BEGIN
    IF p_scope <> 'team' THEN
        RETURN ARRAY[p_membership];
    END IF;
    RETURN (
        SELECT array_agg(seen.id ORDER BY seen.id)
          FROM (SELECT p_membership AS id
                 UNION
                SELECT theirs.membership_id
                  FROM public.identity_teammember mine
                  JOIN public.identity_teammember theirs
                    ON theirs.tenant_id = mine.tenant_id AND theirs.team_id = mine.team_id
                 WHERE mine.tenant_id = p_tenant AND mine.membership_id = p_membership) seen);
END
$$$$;
REVOKE ALL ON FUNCTION app._sees(uuid, uuid, text) FROM PUBLIC;

-- The only way into a tenant for a request. p_hash is sha256(token); the table holds sha256 of that.
-- Answers: all NULL = no live session; only member_user = the session lives, the membership does not;
-- member_user and the role 'second_factor' = the business lets her in by more than a password only;
-- with the role 'single_sign_on' = by its own single sign-on only. A session that such a sign-on made is
-- confined to that business, and its provider has asked for whatever it asks for.
-- sees: the memberships whose records she sees; NULL is everything.
CREATE OR REPLACE FUNCTION app.enter(
    p_hash bytea, p_tenant uuid,
    OUT tenant uuid, OUT member_user uuid, OUT membership uuid, OUT role text, OUT sees uuid[]
)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$
DECLARE
    wanted uuid;
    stale boolean;
    proved boolean;
    confined uuid;
    asked boolean;
    scope text;
    bound boolean;
BEGIN
    SET LOCAL app.ctx = '';
    SELECT s.user_id, coalesce(p_tenant, s.active_tenant), s.last_seen_at < now() - interval '1 minute',
           s.second_factor_at IS NOT NULL, s.confined_to
      INTO member_user, wanted, stale, proved, confined
      FROM public.identity_session s
      JOIN public.identity_user u ON u.id = s.user_id AND u.is_active
     WHERE s.token_hash = sha256(p_hash)
       AND s.revoked_at IS NULL
       AND s.expires_at > now()
       AND s.last_seen_at > now() - interval '$idle_seconds seconds';
    IF member_user IS NULL THEN
        RETURN;
    END IF;
    IF stale THEN
        -- SKIP LOCKED: parallel requests of one session must not queue behind this touch.
        UPDATE public.identity_session
           SET last_seen_at = now()
         WHERE token_hash = (
             SELECT token_hash FROM public.identity_session
              WHERE token_hash = sha256(p_hash) FOR UPDATE SKIP LOCKED);
    END IF;
    SELECT m.tenant_id, m.id, m.role,
           t.second_factor = 'everyone' OR (t.second_factor = 'admins' AND m.role IN ('owner', 'admin')),
           CASE m.role WHEN 'member' THEN t.member_scope WHEN 'viewer' THEN t.viewer_scope ELSE 'all' END,
           t.needs_single_sign_on AND m.role <> 'owner'
      INTO tenant, membership, role, asked, scope, bound
      FROM public.identity_membership m
      JOIN public.identity_tenant t ON t.id = m.tenant_id AND t.status = 'active'
     WHERE m.tenant_id = wanted AND m.user_id = member_user AND m.status = 'active'
       AND (confined IS NULL OR m.tenant_id = confined);
    IF confined IS NULL AND (bound OR asked AND NOT proved) THEN
        tenant := NULL;
        membership := NULL;
        role := CASE WHEN bound THEN 'single_sign_on' ELSE 'second_factor' END;
    END IF;
    IF tenant IS NOT NULL THEN
        PERFORM app._install(tenant, member_user, membership, role);
        IF scope <> 'all' THEN
            sees := app._sees(tenant, membership, scope);
        END IF;
    END IF;
END
$$$$;

-- A program's way into a tenant, with an API key. p_hash is sha256(key); the table holds sha256 of that. It goes
-- as far as the key's maker may go now, and a key without a writing scope gets a transaction that cannot write:
-- once it has read anything, nothing makes it writable again.
-- Answers: all NULL = no such key; only role = the key is one, and 'expired' or 'revoked'; only member_user = the
-- key is good, her membership is not, or with the role 'second_factor' or 'single_sign_on', the session that made
-- it was not.
CREATE OR REPLACE FUNCTION app.enter_key(
    p_hash bytea,
    OUT tenant uuid, OUT member_user uuid, OUT membership uuid, OUT role text, OUT key uuid, OUT scopes text,
    OUT sees uuid[]
)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$
DECLARE
    k record;
    asked boolean;
    scope text;
    bound boolean;
BEGIN
    SET LOCAL app.ctx = '';
    SELECT a.id, a.business_id, a.user_id, a.scopes, a.has_second_factor, a.by_single_sign_on,
           a.revoked_at IS NOT NULL AS is_revoked,
           a.expires_at <= now() AS is_expired,
           coalesce(a.last_used_at < now() - interval '1 minute', true) AS is_stale
      INTO k
      FROM public.identity_apikey a
      JOIN public.identity_user u ON u.id = a.user_id AND u.is_active
     WHERE a.key_hash = sha256(p_hash);
    IF k.id IS NULL THEN
        RETURN;
    END IF;
    IF k.is_revoked OR k.is_expired THEN
        role := CASE WHEN k.is_revoked THEN 'revoked' ELSE 'expired' END;
        RETURN;
    END IF;
    member_user := k.user_id;
    SELECT m.tenant_id, m.id, m.role,
           t.second_factor = 'everyone' OR (t.second_factor = 'admins' AND m.role IN ('owner', 'admin')),
           CASE m.role WHEN 'member' THEN t.member_scope WHEN 'viewer' THEN t.viewer_scope ELSE 'all' END,
           t.needs_single_sign_on AND m.role <> 'owner'
      INTO tenant, membership, role, asked, scope, bound
      FROM public.identity_membership m
      JOIN public.identity_tenant t ON t.id = m.tenant_id AND t.status = 'active'
     WHERE m.tenant_id = k.business_id AND m.user_id = k.user_id AND m.status = 'active';
    IF NOT k.by_single_sign_on AND (bound OR asked AND NOT k.has_second_factor) THEN
        tenant := NULL;
        membership := NULL;
        role := CASE WHEN bound THEN 'single_sign_on' ELSE 'second_factor' END;
    END IF;
    IF tenant IS NULL THEN
        RETURN;
    END IF;
    IF k.is_stale THEN
        -- SKIP LOCKED, as in app.enter.
        UPDATE public.identity_apikey
           SET last_used_at = now()
         WHERE id = (SELECT id FROM public.identity_apikey WHERE id = k.id FOR UPDATE SKIP LOCKED);
    END IF;
    key := k.id;
    scopes := k.scopes;
    IF scope <> 'all' THEN
        sees := app._sees(tenant, membership, scope);
    END IF;
    PERFORM app._install(tenant, member_user, membership, role);
    IF scopes !~ ':write( |$$)' THEN
        SET LOCAL transaction_read_only = on;
    END IF;
END
$$$$;

-- The worker's way in: only as the member who queued this very job, and only while it is open. A job for
-- a later time (run_after) opens no door before then; it is the business's, so it sees everything, and when its
-- member has left meanwhile, it runs as an owner.
CREATE OR REPLACE FUNCTION app.claim_job(
    p_job uuid,
    OUT tenant uuid, OUT member_user uuid, OUT membership uuid, OUT role text, OUT sees uuid[]
)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$
DECLARE
    scope text;
BEGIN
    SET LOCAL app.ctx = '';
    SELECT m.tenant_id, m.user_id, m.id, m.role,
           CASE WHEN j.run_after IS NOT NULL THEN 'all' ELSE
           CASE m.role WHEN 'member' THEN t.member_scope WHEN 'viewer' THEN t.viewer_scope ELSE 'all' END END
      INTO tenant, member_user, membership, role, scope
      FROM public.jobs_job j
      JOIN public.identity_tenant t ON t.id = j.tenant_id AND t.status = 'active'
      JOIN public.identity_membership m
        ON m.tenant_id = j.tenant_id AND m.status = 'active'
       AND (m.id = j.created_by_id OR j.run_after IS NOT NULL AND m.role = 'owner')
     WHERE j.id = p_job AND j.state IN ('queued', 'running')
       AND (j.run_after IS NULL OR j.run_after <= now())
     ORDER BY m.id = j.created_by_id DESC NULLS LAST, m.id
     LIMIT 1;
    IF tenant IS NOT NULL THEN
        PERFORM app._install(tenant, member_user, membership, role);
        IF scope <> 'all' THEN
            sees := app._sees(tenant, membership, scope);
        END IF;
    END IF;
END
$$$$;

-- What the worker has to look at now: ids of jobs that members put off until a time that has come. It
-- learns nothing else, and can enter with them only through claim_job.
CREATE OR REPLACE FUNCTION app.due_jobs() RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$
BEGIN
    RETURN QUERY
    SELECT j.id
      FROM public.jobs_job j
      JOIN public.identity_tenant t ON t.id = j.tenant_id AND t.status = 'active'
     WHERE j.run_after <= now() AND j.state IN ('queued', 'running')
     ORDER BY j.run_after
     LIMIT 1000;
END
$$$$;

-- Wakes the worker for a job row of the caller's own tenant, in the caller's transaction. The
-- application role itself has no access to the queue's tables, which know no tenants.
CREATE OR REPLACE FUNCTION app.defer_job(p_job uuid) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
AS $$$$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.jobs_job j
         WHERE j.tenant_id = app.tenant_id() AND j.id = p_job AND j.state = 'queued'
    ) THEN
        RAISE EXCEPTION 'no such queued job' USING ERRCODE = 'DT003';
    END IF;
    PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW(
        'default', 'dott.run', 0, NULL, NULL, jsonb_build_object('job_id', p_job), NULL
    )]::procrastinate_job_to_defer_v1[]);
END
$$$$;

-- Where the worker may write to a member of the business that its transaction is in; null when she is no
-- longer active. Requests have no such way: colleagues see a name, never an address.
CREATE OR REPLACE FUNCTION app.member_email(p_membership uuid) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$
BEGIN
    RETURN (
        SELECT u.email
          FROM public.identity_membership m
          JOIN public.identity_user u ON u.id = m.user_id AND u.is_active
         WHERE m.tenant_id = app.tenant_id() AND m.id = p_membership AND m.status = 'active'
    );
END
$$$$;

-- Whose address each member has, disabled ones too, for the file in which an owner takes the business along: an
-- address means the same person elsewhere, an id means nobody. To the worker, and only where it works for an owner.
CREATE OR REPLACE FUNCTION app.member_addresses(OUT membership uuid, OUT email text) RETURNS SETOF record
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$
BEGIN
    RETURN QUERY
    SELECT m.id, u.email::text
      FROM public.identity_membership m
      JOIN public.identity_user u ON u.id = m.user_id
     WHERE m.tenant_id = app.tenant_id() AND app.role() = 'owner';
END
$$$$;

-- In which language that member reads; empty when she has chosen none.
CREATE OR REPLACE FUNCTION app.member_language(p_membership uuid) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$
BEGIN
    RETURN (
        SELECT u.language
          FROM public.identity_membership m
          JOIN public.identity_user u ON u.id = m.user_id AND u.is_active
         WHERE m.tenant_id = app.tenant_id() AND m.id = p_membership AND m.status = 'active'
    );
END
$$$$;

-- Tells the planner of rows that the worker's transaction has just written by the thousand: autovacuum may
-- have looked before they were committed and hold the table for empty. Only where a migration granted it.
-- The worker itself may maintain nothing. A third of the usual sample: what counts is that there are rows, and
-- autovacuum looks more closely within a minute of the commit.
CREATE OR REPLACE FUNCTION app.refresh_statistics(p_table regclass) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET default_statistics_target = 30
AS $$$$ BEGIN EXECUTE format('ANALYZE (SKIP_LOCKED) %s', p_table); END $$$$;

CREATE OR REPLACE FUNCTION app.leave() RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$ BEGIN SET LOCAL app.ctx = ''; END $$$$;

-- What search and human sort order compare: lower case, without accents. Immutable, so generated
-- columns can store it. The Python twin is dott.platform.tenancy.search.search_key.
CREATE OR REPLACE FUNCTION app.search_key(value text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$$$
DECLARE
    lowered text := pg_catalog.lower(value);
    bare text;
BEGIN
    -- Most texts are ASCII, and most others are when they have lost their accents: a byte for each letter.
    IF pg_catalog.octet_length(lowered) = pg_catalog.length(lowered) THEN
        RETURN lowered;
    END IF;
    bare := pg_catalog.regexp_replace(
        pg_catalog.normalize(lowered, 'NFKD'), U&'[\0300-\036f]', '', 'g');
    IF pg_catalog.octet_length(bare) = pg_catalog.length(bare) THEN
        RETURN pg_catalog.lower(bare);
    END IF;
    RETURN pg_catalog.lower(pg_catalog.translate(
        pg_catalog.regexp_replace(
            pg_catalog.normalize(
                pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
                    lowered, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
                'NFKD'),
            U&'[\0300-\036f]', '', 'g'),
        'øđłıħςþð', 'odlihσtd'));
END
$$$$;

-- What stands in a row of history, as one value: what a chain over the log is a chain of. It outlives the values:
-- a redacted row holds the digest and neither values nor salt, so nobody can try values until one fits.
CREATE OR REPLACE FUNCTION app.change_digest(salt uuid, before jsonb, after jsonb) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$$$
    SELECT sha256(convert_to(coalesce(salt::text, '') || '|' || before::text || '|' || after::text, 'UTF8'))
$$$$;

CREATE OR REPLACE FUNCTION app.reason_digest(salt uuid, reason text) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$$$ SELECT sha256(convert_to(coalesce(salt::text, '') || '|' || reason, 'UTF8')) $$$$;

-- What a change set may lose: its reason, and what its event is about. JSON begins with no salt, so the two kinds of
-- text cannot be taken for each other.
CREATE OR REPLACE FUNCTION app.set_digest(salt uuid, reason text, details jsonb) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$$$
    SELECT CASE WHEN details = '{}' THEN app.reason_digest(salt, reason)
                ELSE sha256(convert_to(jsonb_build_array(salt, reason, details)::text, 'UTF8')) END
$$$$;

-- A text without what the patterns find (dott.platform.privacy.patterns makes them; case does not matter).
CREATE OR REPLACE FUNCTION app.scrub_text(value text, pattern text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$$$ SELECT regexp_replace(value, pattern, '[erased]', 'gi') $$$$;

-- The same for every text within a JSON value, at any depth. kept: keys of the outermost object that stay.
CREATE OR REPLACE FUNCTION app.scrub_json(value jsonb, pattern text, kept text[] DEFAULT '{}') RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$$$
BEGIN
    RETURN CASE jsonb_typeof(value)
        WHEN 'string' THEN to_jsonb(app.scrub_text(value #>> '{}', pattern))
        WHEN 'object' THEN coalesce(
            (SELECT jsonb_object_agg(m.key, CASE WHEN m.key = ANY (kept) THEN m.value
                                                 ELSE app.scrub_json(m.value, pattern) END)
               FROM jsonb_each(value) AS m), value)
        WHEN 'array' THEN coalesce(
            (SELECT jsonb_agg(app.scrub_json(e.value, pattern) ORDER BY e.place)
               FROM jsonb_array_elements(value) WITH ORDINALITY AS e (value, place)), value)
        ELSE value
    END;
END
$$$$;

-- app.redact_history's second half, its own only: the texts of a business's rows without what the pattern finds.
-- p_at: when the set was made that says why.
DROP FUNCTION IF EXISTS app._rewrite_history(uuid, text, jsonb);
CREATE OR REPLACE FUNCTION app._rewrite_history(
    business uuid, p_pattern text, p_kept jsonb, p_at timestamptz, OUT rewritten bigint, OUT reasons bigint
)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$$$
BEGIN
    WITH found AS (
        SELECT c.id, app.scrub_json(c.before, p_pattern, k.kept) AS before,
               app.scrub_json(c.after, p_pattern, k.kept) AS after
          FROM public.history_change c,
               LATERAL (SELECT coalesce(array_agg(f.name), '{}') AS kept
                          FROM jsonb_array_elements_text(coalesce(p_kept -> c.entity, '[]')) AS f (name)) AS k
         WHERE c.tenant_id = business AND (c.before::text ~* p_pattern OR c.after::text ~* p_pattern)
    )
    UPDATE public.history_change c
       SET digest = coalesce(c.digest, app.change_digest(c.salt, c.before, c.after)), salt = NULL,
           redacted_at = p_at, before = found.before, after = found.after
      FROM found
     WHERE c.tenant_id = business AND c.id = found.id
       AND (c.before <> found.before OR c.after <> found.after);
    GET DIAGNOSTICS rewritten = ROW_COUNT;
    UPDATE public.history_change_set s
       SET digest = coalesce(s.digest, app.set_digest(s.salt, s.reason, s.details)), salt = NULL,
           redacted_at = p_at, reason = left(app.scrub_text(s.reason, p_pattern), 255),
           details = app.scrub_json(s.details, p_pattern)
     WHERE s.tenant_id = business
       AND (s.reason ~* p_pattern OR s.details <> app.scrub_json(s.details, p_pattern));
    GET DIAGNOSTICS reasons = ROW_COUNT;
END
$$$$;
REVOKE ALL ON FUNCTION app._rewrite_history(uuid, text, jsonb, timestamptz) FROM PUBLIC;

-- The one way to take values out of history, which is append-only for everybody else. For an owner or admin, and
-- only in the transaction that also writes a certificate of erasure: nobody redacts without a trace.
-- p_records: whose rows lose all their values. p_pattern: what is taken out of the texts of all other rows, save
-- in the fields that p_kept names by entity: {"crm.customer": ["email", ...]}. '' leaves them alone.
CREATE OR REPLACE FUNCTION app.redact_history(
    p_erasure uuid, p_records uuid[], p_pattern text, p_kept jsonb, OUT changes bigint, OUT reasons bigint
)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$
DECLARE
    business uuid := app.tenant_id();
    own_set uuid;
    own_at timestamptz;
BEGIN
    SELECT s.id, s.created_at INTO own_set, own_at FROM public.privacy_erasure e
      JOIN public.history_change_set s ON s.tenant_id = e.tenant_id AND s.id = e.change_set_id
     WHERE e.tenant_id = business AND e.id = p_erasure AND e.created_at >= transaction_timestamp();
    IF app.role() NOT IN ('owner', 'admin') OR own_set IS NULL THEN
        RAISE EXCEPTION 'no erasure in this transaction' USING ERRCODE = 'DT004';
    END IF;
    -- The erasure's own rows have no values; they say that there is no way back.
    UPDATE public.history_change c
       SET digest = app.change_digest(c.salt, c.before, c.after), salt = NULL, redacted_at = own_at
     WHERE c.tenant_id = business AND c.change_set_id = own_set;
    UPDATE public.history_change c
       SET digest = coalesce(c.digest, app.change_digest(c.salt, c.before, c.after)), salt = NULL,
           redacted_at = own_at, before = '{}', after = '{}'
     WHERE c.tenant_id = business AND c.record_id = ANY (p_records) AND c.change_set_id <> own_set;
    GET DIAGNOSTICS changes = ROW_COUNT;
    reasons := 0;
    IF p_pattern <> '' THEN
        SELECT changes + r.rewritten, r.reasons INTO changes, reasons
          FROM app._rewrite_history(business, p_pattern, p_kept, own_at) AS r;
    END IF;
    UPDATE public.privacy_erasure e
       SET counts = e.counts || jsonb_build_object('history', changes, 'reasons', reasons)
     WHERE e.tenant_id = business AND e.id = p_erasure;
END
$$$$;

-- Rows of history older than what the business keeps (privacy_retention) lose their values: who did what to
-- which record when is still known. The worker's, and it cannot say how old: only the business can.
-- The log says that it was done.
DROP FUNCTION IF EXISTS app.forget_history();
CREATE FUNCTION app.forget_history(OUT changes bigint, OUT sets bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$
DECLARE
    business uuid := app.tenant_id();
    kept_days integer;
    at timestamptz := clock_timestamp();
BEGIN
    SELECT r.history_days INTO kept_days FROM public.privacy_retention r WHERE r.tenant_id = business;
    changes := 0;
    sets := 0;
    IF kept_days IS NULL THEN
        RETURN;
    END IF;
    UPDATE public.history_change c
       SET digest = coalesce(c.digest, app.change_digest(c.salt, c.before, c.after)), salt = NULL,
           redacted_at = at, before = '{}', after = '{}'
      FROM public.history_change_set s
     WHERE s.tenant_id = business AND s.created_at < now() - make_interval(days => kept_days)
       AND c.tenant_id = business AND c.change_set_id = s.id
       AND (c.redacted_at IS NULL OR c.before <> '{}' OR c.after <> '{}');
    GET DIAGNOSTICS changes = ROW_COUNT;
    UPDATE public.history_change_set s
       SET digest = coalesce(s.digest, app.set_digest(s.salt, s.reason, s.details)), salt = NULL,
           redacted_at = at, reason = '', details = '{}'
     WHERE s.tenant_id = business AND s.created_at < now() - make_interval(days => kept_days)
       AND (s.reason <> '' OR s.details <> '{}');
    GET DIAGNOSTICS sets = ROW_COUNT;
    IF changes + sets > 0 THEN
        INSERT INTO public.history_change_set (tenant_id, created_at, kind, event, details)
        VALUES (business, at, 'system', 'history_forgotten',
                jsonb_build_object('changes', changes, 'sets', sets));
    END IF;
END
$$$$;

-- What an API key of the caller's business is called, for the log; NULL for another's.
CREATE OR REPLACE FUNCTION app.key_name(p_key uuid) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$$$
BEGIN
    RETURN (SELECT k.name FROM public.identity_apikey k WHERE k.id = p_key AND k.business_id = app.tenant_id());
END
$$$$;

REVOKE ALL ON FUNCTION app.tenant_id(), app.user_id(), app.membership_id(), app.role(),
    app.enter(bytea, uuid), app.enter_key(bytea), app.claim_job(uuid), app.due_jobs(), app.defer_job(uuid), app.leave(),
    app.member_email(uuid), app.member_addresses(), app.member_language(uuid), app.refresh_statistics(regclass),
    app.search_key(text),
    app.change_digest(uuid, jsonb, jsonb), app.reason_digest(uuid, text), app.set_digest(uuid, text, jsonb),
    app.key_name(uuid), app.scrub_text(text, text),
    app.scrub_json(jsonb, text, text[]), app.redact_history(uuid, uuid[], text, jsonb), app.forget_history()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.tenant_id() TO dott_rw, dott_owner, dott_auth;
GRANT EXECUTE ON FUNCTION app.user_id(), app.membership_id(), app.role(), app.leave() TO dott_rw;
GRANT EXECUTE ON FUNCTION app.change_digest(uuid, jsonb, jsonb), app.reason_digest(uuid, text),
    app.set_digest(uuid, text, jsonb), app.key_name(uuid),
    app.scrub_text(text, text), app.scrub_json(jsonb, text, text[]) TO dott_rw;
GRANT EXECUTE ON FUNCTION app.redact_history(uuid, uuid[], text, jsonb) TO dott_app;
GRANT EXECUTE ON FUNCTION app.forget_history() TO dott_worker;
GRANT EXECUTE ON FUNCTION app.search_key(text) TO dott_rw, dott_owner, dott_auth;
GRANT EXECUTE ON FUNCTION app.enter(bytea, uuid), app.enter_key(bytea), app.defer_job(uuid) TO dott_app;
GRANT EXECUTE ON FUNCTION app.claim_job(uuid), app.due_jobs(), app.member_email(uuid), app.member_addresses(),
    app.member_language(uuid), app.refresh_statistics(regclass) TO dott_worker;

RESET ROLE;

-- Sorts into a table's GIN indexes what their pending lists hold, and says how many pages that were. To be called
-- beside a transaction that writes thousands of rows, which is spared it then. Only the owner of an index may do it,
-- so this function is the owner's; it reads and shows no row.
CREATE OR REPLACE FUNCTION app.sort_pending(p_table regclass) RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT coalesce(sum(gin_clean_pending_list(i.indexrelid)), 0)
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am a ON a.oid = x.relam
     WHERE i.indrelid = p_table AND a.amname = 'gin';
END;
REVOKE ALL ON FUNCTION app.sort_pending(regclass) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.sort_pending(regclass) TO dott_worker;
