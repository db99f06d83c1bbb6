-- Everything in one Dott database that only a superuser may do. Run on dott_template, from which the
-- production and the test databases are cloned, and again on a live database after this file changes.
\set ON_ERROR_STOP on

-- Nothing is public. Function privileges live per database, hence here and not in cluster.sql.
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO dott_app, dott_auth, dott_worker, dott_backup', current_database()) \gexec
SELECT format('GRANT CONNECT, CREATE ON DATABASE %I TO dott_owner', current_database()) \gexec
ALTER SCHEMA public OWNER TO dott_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO dott_definer, dott_rw, dott_auth, dott_backup;

CREATE SCHEMA IF NOT EXISTS app AUTHORIZATION dott_owner;
REVOKE ALL ON SCHEMA app FROM PUBLIC;
GRANT USAGE ON SCHEMA app TO dott_rw, dott_auth, dott_backup;
GRANT USAGE, CREATE ON SCHEMA app TO dott_definer;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- A second layer beneath the signed context: SQL injected into the application cannot set a
-- parameter through a function, look at or stop its neighbours, or reach large objects.
DO $$
DECLARE
    target record;
BEGIN
    FOR target IN
        SELECT p.oid::regprocedure AS signature
          FROM pg_proc p
         WHERE p.pronamespace = 'pg_catalog'::regnamespace
           AND (p.proname IN (
                    'set_config', 'pg_terminate_backend', 'pg_cancel_backend', 'pg_notify',
                    'pg_stat_get_activity', 'pg_stat_get_backend_activity')
                OR p.proname ~ '^(lo_|loread$|lowrite$)')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', target.signature);
    END LOOP;
END
$$;
REVOKE SELECT ON pg_catalog.pg_stat_activity FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO dott_owner, dott_definer, dott_backup;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_notify(text, text) TO dott_worker, dott_definer, dott_owner;

-- Substring search that may run below a policy. PostgreSQL pushes only LEAKPROOF operators into an
-- index scan under row-level security, and LIKE is not one: it raises 22025 on a pattern that ends in
-- a lone backslash, which would tell whether another tenant's row was compared. This wrapper answers
-- false for such a pattern instead, so it has nothing to tell. Never mark textlike itself LEAKPROOF.
-- It runs for every row that is compared: with a search_path of its own it would cost half as much again, so
-- it names everything in full instead.
CREATE OR REPLACE FUNCTION app.like_safe(value text, pattern text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 5
AS $$
BEGIN
    RETURN CASE
        WHEN pg_catalog.right(pattern, 1) OPERATOR(pg_catalog.=) '\'
            AND pg_catalog.length(pg_catalog.substring(pattern, '\\*$'))
                OPERATOR(pg_catalog.%) 2 OPERATOR(pg_catalog.=) 1 THEN false
        ELSE value OPERATOR(pg_catalog.~~) pattern
    END;
END
$$;
-- CREATE OR REPLACE keeps what an earlier version set.
ALTER FUNCTION app.like_safe(text, text) RESET ALL;
GRANT EXECUTE ON FUNCTION app.like_safe(text, text) TO dott_rw, dott_owner;

-- Whether a text has words much like another's, for typing errors. Leakproof: a trigram count raises nothing
-- about either text. 0.5 is also the threshold of pg_trgm's strategy 9, which finds the candidates.
CREATE OR REPLACE FUNCTION app.words_alike(value text, words text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 20
AS $$
BEGIN
    RETURN public.word_similarity(words, value) OPERATOR(pg_catalog.>=) 0.5::pg_catalog.float4;
END
$$;
GRANT EXECUTE ON FUNCTION app.words_alike(text, text) TO dott_rw, dott_owner;

DO $$
BEGIN
    IF to_regoperator('app.~~~(text, text)') IS NULL THEN
        CREATE OPERATOR app.~~~ (
            LEFTARG = text, RIGHTARG = text, FUNCTION = app.like_safe,
            RESTRICT = likesel, JOIN = likejoinsel
        );
    END IF;
    IF NOT EXISTS (
        SELECT FROM pg_opclass WHERE opcname = 'safe_trgm_ops' AND opcnamespace = 'app'::regnamespace
    ) THEN
        -- Strategy 3 is LIKE in pg_trgm's own support functions, which this class reuses unchanged.
        CREATE OPERATOR CLASS app.safe_trgm_ops FOR TYPE text USING gin AS
            OPERATOR 3 app.~~~ (text, text),
            FUNCTION 1 (text, text) btint4cmp (int4, int4),
            FUNCTION 2 (text, text) gin_extract_value_trgm (text, internal),
            FUNCTION 3 (text, text) gin_extract_query_trgm (text, internal, int2, internal, internal, internal, internal),
            FUNCTION 4 (text, text) gin_trgm_consistent (internal, int2, text, int4, internal, internal, internal, internal),
            FUNCTION 6 (text, text) gin_trgm_triconsistent (internal, int2, text, int4, internal, internal, internal),
            STORAGE int4;
    END IF;
    IF to_regoperator('app.~%(text, text)') IS NULL THEN
        CREATE OPERATOR app.~% (
            LEFTARG = text, RIGHTARG = text, FUNCTION = app.words_alike,
            RESTRICT = contsel, JOIN = contjoinsel
        );
        ALTER OPERATOR FAMILY app.safe_trgm_ops USING gin ADD OPERATOR 9 app.~% (text, text);
    END IF;
END
$$;

-- Says of our leakproof functions that they were reviewed as they are, also to processes of an older version,
-- whose lists name fewer of them (dott.platform.tenancy.reviewed; reviewed.sql makes the same fingerprint).
DO $$
DECLARE
    f record;
BEGIN
    FOR f IN
        SELECT p.oid::regprocedure AS name,
               encode(sha256(convert_to(
                   pg_get_userbyid(p.proowner) || ' ' || pg_get_functiondef(p.oid), 'UTF8')), 'hex') AS fingerprint
          FROM pg_proc p
         WHERE p.oid IN ('app.like_safe(text, text)'::regprocedure, 'app.words_alike(text, text)'::regprocedure)
    LOOP
        EXECUTE format('COMMENT ON FUNCTION %s IS %L', f.name, format('Reviewed (leakproof) %s', f.fingerprint));
    END LOOP;
END
$$;
