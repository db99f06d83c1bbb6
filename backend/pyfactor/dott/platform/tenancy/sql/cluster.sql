-- Roles of one Dott cluster. Run as superuser on any database; safe to repeat.
-- Passwords come from the environment (psql \getenv), so they are never on a command line.
-- Who may do what, and why: tenancy.md 2.1, repeated in docs/adr/0002-isolation.md.
\set ON_ERROR_STOP on
\getenv owner_password DOTT_OWNER_PASSWORD
\getenv app_password DOTT_APP_PASSWORD
\getenv auth_password DOTT_AUTH_PASSWORD
\getenv worker_password DOTT_WORKER_PASSWORD
\getenv backup_password DOTT_BACKUP_PASSWORD

DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY[
        'dott_owner', 'dott_definer', 'dott_rw', 'dott_app', 'dott_auth', 'dott_worker', 'dott_backup'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I', wanted);
        END IF;
    END LOOP;
END
$$;

-- Statement logging would write the passwords of the next lines into the server's log.
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';

-- Migrations only. CREATEDB lets the test runner clone dott_template.
ALTER ROLE dott_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE CREATEDB PASSWORD :'owner_password';
-- Owns the app.* functions and the signing key. Nobody logs in as it.
ALTER ROLE dott_definer NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;
-- Group that holds the grants on tenant tables.
ALTER ROLE dott_rw NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;
ALTER ROLE dott_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'app_password';
ALTER ROLE dott_auth LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'auth_password';
ALTER ROLE dott_worker LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'worker_password';
-- Dumps only: row-level security would make a dump silently empty.
ALTER ROLE dott_backup LOGIN NOSUPERUSER BYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'backup_password';

GRANT dott_definer TO dott_owner WITH INHERIT FALSE, SET TRUE;
GRANT dott_rw TO dott_app WITH INHERIT TRUE, SET FALSE;
GRANT dott_rw TO dott_worker WITH INHERIT TRUE, SET FALSE;
GRANT pg_read_all_data TO dott_backup WITH INHERIT TRUE, SET FALSE;

-- Django would otherwise call set_config('TimeZone', …) at connect, which the app role may not execute.
ALTER ROLE dott_owner SET TimeZone = 'UTC';
ALTER ROLE dott_app SET TimeZone = 'UTC';
ALTER ROLE dott_auth SET TimeZone = 'UTC';
ALTER ROLE dott_worker SET TimeZone = 'UTC';
ALTER ROLE dott_backup SET TimeZone = 'UTC';

ALTER ROLE dott_app SET statement_timeout = '5s';
ALTER ROLE dott_app SET lock_timeout = '2s';
ALTER ROLE dott_app SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE dott_auth SET statement_timeout = '5s';
ALTER ROLE dott_auth SET lock_timeout = '2s';
ALTER ROLE dott_auth SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE dott_worker SET idle_in_transaction_session_timeout = '5min';
