-- What a review may have allowed, as it is now: (kind, identity, name, oid, owner, fingerprint, comment).
-- kind and identity: as COMMENT ON wants them. fingerprint: of the definition and its owner, in hex; database.sql
-- makes the same of what a superuser owns. Nothing that a serving role could own is among them.
WITH objects AS (
    SELECT 'FUNCTION' AS kind, n.nspname || '.' || p.proname AS name, p.oid, p.proowner AS owner,
           format('%%I.%%I(%%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) AS identity,
           pg_get_functiondef(p.oid) AS definition, obj_description(p.oid, 'pg_proc') AS comment
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = 'app' AND p.prokind = 'f'
    UNION ALL
    SELECT 'TABLE', c.relname, c.oid, c.relowner, format('public.%%I', c.relname),
           (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
              FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
           obj_description(c.oid, 'pg_class')
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    UNION ALL
    SELECT 'INDEX', c.relname, c.oid, c.relowner, format('public.%%I', c.relname),
           pg_get_indexdef(c.oid), obj_description(c.oid, 'pg_class')
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('i', 'I')
)
SELECT o.kind, o.identity, o.name, o.oid, r.rolname,
       encode(sha256(convert_to(r.rolname || ' ' || o.definition, 'UTF8')), 'hex'), o.comment
  FROM objects o JOIN pg_roles r ON r.oid = o.owner
 WHERE r.rolsuper OR r.rolname IN ('dott_definer', 'dott_owner')
 ORDER BY o.kind, o.identity
