-- Reasons not to serve, as seen by the role that asks. Every row is a finding: (rule, subject, finding).
-- Rule ids and their titles are in audit.py; a rule without rows has passed.
WITH me AS (
    SELECT r.oid, r.rolname FROM pg_roles r WHERE r.rolname = current_user
), mine AS (
    -- Every role whose privileges I have or could take on, myself included.
    SELECT r.* FROM pg_roles r WHERE pg_has_role(current_user, r.oid, 'MEMBER')
), relations AS (
    SELECT c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relowner, c.reloptions,
           n.nspname,
           EXISTS (SELECT FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS is_tenant
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
       AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
), tenant_tables AS (
    SELECT * FROM relations WHERE is_tenant AND relkind IN ('r', 'p')
), my_functions AS (
    SELECT p.*, n.nspname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE has_function_privilege(current_user, p.oid, 'EXECUTE')
)
SELECT 'server_version', 'server', 'PostgreSQL ' || current_setting('server_version') || ' is below 18.6'
 WHERE current_setting('server_version_num')::int < 180006
UNION ALL
SELECT 'unprivileged_role', rolname, 'is superuser, may bypass row security or may create roles'
  FROM mine WHERE rolsuper OR rolbypassrls OR rolcreaterole
UNION ALL
SELECT 'unprivileged_role', session_user, 'session user and current user differ'
 WHERE session_user <> current_user
UNION ALL
SELECT 'no_role_switch', r.rolname, 'the serving role may SET ROLE to it'
  FROM pg_roles r WHERE r.rolname <> current_user AND pg_has_role(current_user, r.oid, 'SET')
UNION ALL
SELECT 'no_ownership', c.relname, 'is owned by a serving role'
  FROM relations c WHERE c.relowner IN (SELECT oid FROM mine)
UNION ALL
SELECT 'no_ownership', p.proname, 'function is owned by a serving role'
  FROM pg_proc p WHERE p.proowner IN (SELECT oid FROM mine)
UNION ALL
SELECT 'no_create', n.nspname, 'the serving role may create objects in this schema'
  FROM pg_namespace n
 WHERE n.nspname !~ '^pg_(toast|temp)' AND has_schema_privilege(current_user, n.oid, 'CREATE')
UNION ALL
SELECT 'no_create', current_database(), 'the serving role may create schemas or temporary tables'
 WHERE has_database_privilege(current_user, current_database(), 'CREATE')
    OR has_database_privilege(current_user, current_database(), 'TEMPORARY')
UNION ALL
SELECT 'row_security', relname, 'row-level security is not enabled and forced'
  FROM tenant_tables WHERE NOT (relrowsecurity AND relforcerowsecurity)
UNION ALL
SELECT 'row_security', relname, 'is readable and has no row-level security'
  FROM relations
 WHERE relkind IN ('r', 'p') AND NOT relrowsecurity AND NOT is_tenant
   AND has_table_privilege(current_user, oid, 'SELECT')
   AND relname <> ALL (%(readable_without_rls)s) AND oid <> ALL (%(marked_relations)s::oid[])
UNION ALL
SELECT 'policy', relname, 'has no tenant_isolation policy'
  FROM tenant_tables t
 WHERE NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polname = 'tenant_isolation')
UNION ALL
SELECT 'policy', c.relname,
       format('policy %%I differs from the standard: USING %%s WITH CHECK %%s', p.polname,
              pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
  FROM pg_policy p JOIN relations c ON c.oid = p.polrelid
 WHERE (p.polroles = '{0}' OR p.polroles && (SELECT array_agg(oid) FROM mine))
   AND NOT (p.polpermissive AND p.polcmd = '*'
            AND pg_get_expr(p.polqual, p.polrelid) = '(tenant_id = app.tenant_id())'
            AND pg_get_expr(p.polwithcheck, p.polrelid) = '(tenant_id = ( SELECT app.tenant_id() AS tenant_id))')
   AND NOT (c.relname = 'identity_tenant' AND p.polcmd = 'r'
            AND pg_get_expr(p.polqual, p.polrelid) = '(id = app.tenant_id())')
UNION ALL
SELECT 'privileges', relname, 'the serving role may TRUNCATE, REFERENCE, TRIGGER or MAINTAIN it'
  FROM relations
 WHERE relkind IN ('r', 'p')
   AND (has_table_privilege(current_user, oid, 'TRUNCATE') OR has_table_privilege(current_user, oid, 'REFERENCES')
        OR has_table_privilege(current_user, oid, 'TRIGGER') OR has_table_privilege(current_user, oid, 'MAINTAIN'))
UNION ALL
SELECT 'views', relname, 'a readable view that does not run as its caller (security_invoker)'
  FROM relations
 WHERE relkind = 'v' AND has_table_privilege(current_user, oid, 'SELECT')
   AND NOT coalesce(reloptions, '{}') && ARRAY['security_invoker=true', 'security_invoker=on', 'security_invoker=1']
UNION ALL
SELECT 'views', relname, 'a readable materialised view or foreign table knows no row-level security'
  FROM relations WHERE relkind IN ('m', 'f') AND has_table_privilege(current_user, oid, 'SELECT')
UNION ALL
SELECT 'keys', t.relname, format('%%s %%I is not led by tenant_id',
                                 CASE WHEN i.indisunique THEN 'unique index' ELSE 'index' END, x.relname)
  FROM tenant_tables t
  JOIN pg_index i ON i.indrelid = t.oid
  JOIN pg_class x ON x.oid = i.indexrelid
  LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
 WHERE a.attname IS DISTINCT FROM 'tenant_id'
   AND (i.indisunique
        OR x.relname <> ALL (%(indexes_before_tenant)s) AND x.oid <> ALL (%(marked_relations)s::oid[]))
UNION ALL
SELECT 'keys', t.relname, 'has no primary key (tenant_id, id)'
  FROM tenant_tables t
 WHERE NOT EXISTS (
       SELECT FROM pg_constraint k
        WHERE k.conrelid = t.oid AND k.contype = 'p'
          AND (SELECT array_agg(a.attname::text ORDER BY o.n)
                 FROM unnest(k.conkey) WITH ORDINALITY AS o(attnum, n)
                 JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = o.attnum) = ARRAY['tenant_id', 'id'])
UNION ALL
SELECT 'keys', t.relname, 'tenant_id may be null'
  FROM tenant_tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'tenant_id'
 WHERE NOT a.attnotnull
UNION ALL
SELECT 'foreign_keys', c.relname, format('%%I references %%s without the tenant', k.conname, k.confrelid::regclass)
  FROM pg_constraint k
  JOIN relations c ON c.oid = k.conrelid
  JOIN tenant_tables target ON target.oid = k.confrelid
  LEFT JOIN pg_attribute f ON f.attrelid = k.conrelid AND f.attnum = k.conkey[1]
  LEFT JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = k.confkey[1]
 WHERE k.contype = 'f'
   AND (f.attname IS DISTINCT FROM 'tenant_id' OR t.attname IS DISTINCT FROM 'tenant_id')
UNION ALL
SELECT 'no_triggers', t.relname, format('trigger %%I (a distributed engine refuses triggers)', g.tgname)
  FROM tenant_tables t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
UNION ALL
SELECT 'definer_functions', p.oid::regprocedure::text, 'an executable SECURITY DEFINER function that nobody reviewed'
  FROM my_functions p
 WHERE p.prosecdef AND p.nspname || '.' || p.proname <> ALL (%(definer_functions)s)
   AND p.oid <> ALL (%(marked_functions)s::oid[])
UNION ALL
SELECT 'definer_functions', p.oid::regprocedure::text, 'a SECURITY DEFINER function without a pinned search_path'
  FROM my_functions p
 WHERE p.prosecdef
   AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS c WHERE c LIKE 'search_path=pg_catalog%%pg_temp')
UNION ALL
SELECT 'context_functions', p.proname, 'must be STABLE: an immutable one is planned once and serves another tenant'
  FROM pg_proc p
 WHERE p.pronamespace = 'app'::regnamespace
   AND p.proname IN ('tenant_id', 'user_id', 'membership_id', 'role', '_body', '_mac') AND p.provolatile <> 's'
UNION ALL
SELECT 'context_functions', p.oid::regprocedure::text, 'is not owned by dott_definer'
  FROM pg_proc p
 WHERE p.pronamespace = 'app'::regnamespace
   AND p.proname IN ('tenant_id', 'user_id', 'membership_id', 'role', '_body', '_mac', '_install',
                     'enter', 'claim_job', 'due_jobs', 'defer_job', 'leave',
                     'member_email', 'member_addresses', 'member_language', 'refresh_statistics')
   AND pg_get_userbyid(p.proowner) <> 'dott_definer'
UNION ALL
SELECT 'context_functions', p.oid::regprocedure::text, 'the serving role may make contexts with it'
  FROM my_functions p WHERE p.nspname = 'app' AND p.proname IN ('_mac', '_install', '_body')
UNION ALL
SELECT 'context_functions', 'app.ctx_key', 'the serving role may read the signing key'
 WHERE has_table_privilege(current_user, 'app.ctx_key', 'SELECT')
UNION ALL
SELECT 'leakproof', p.oid::regprocedure::text, 'is marked LEAKPROOF and not on the reviewed list'
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE p.proleakproof AND n.nspname <> 'pg_catalog'
   AND n.nspname || '.' || p.proname <> ALL (%(leakproof_functions)s) AND p.oid <> ALL (%(marked_leakproof)s::oid[])
UNION ALL
SELECT 'leakproof', p.oid::regprocedure::text, 'pattern matching must not be LEAKPROOF: its errors tell of other rows'
  FROM pg_proc p
 WHERE p.proleakproof AND p.pronamespace = 'pg_catalog'::regnamespace
   AND p.proname IN ('textlike', 'texticlike', 'textnlike', 'texticnlike', 'bpcharlike', 'ts_match_vq')
UNION ALL
SELECT 'dangerous_functions', p.oid::regprocedure::text, 'is executable by the serving role'
  FROM my_functions p
 WHERE p.nspname = 'pg_catalog'
   AND (p.proname = ANY (%(dangerous_functions)s) OR p.proname ~ '^(lo_|loread$|lowrite$)')
UNION ALL
SELECT 'dangerous_functions', 'pg_stat_activity', 'other sessions'' statements are readable'
 WHERE has_table_privilege(current_user, 'pg_catalog.pg_stat_activity', 'SELECT')
 ORDER BY 1, 2, 3
