"""The SQL that says what an import would do with each of its rows: one source for both its users.

staging.py asks for a batch of rows on their way into the table, matching.py for rows that are edited
there. Nothing in it joins rows with rows, so any batch of a file gives what the whole file would; what
concerns several rows at once (duplicates) is matching.py's. Field and key names come from fields.py,
never from a request.
"""

from __future__ import annotations

from collections.abc import Sequence

from .fields import OWN, OWN_PREFIX
from .kinds.base import Kind, issue_literal

Required = Sequence[tuple[str, str]]


def verdict_ctes(
    rows: str, *, kind: Kind, keys: Sequence[str], mode: str, fields: Sequence[str], required: Required = ()
) -> str:
    """Common table expressions, the last of them `verdict`: the given rows, all columns, and the decision.

    rows: SELECT with line (unique), v (the values) and action, which is "create" for a row that can be
    judged and stays what it is for others. keys: match keys, strongest first. mode: create, update or
    upsert. fields: what the import can set. required: (key, label) of the business's own fields that a new
    record must have. Decided: target_id, target_version, before, after, conflicts, decision. %(tenant)s is
    the active tenant.

    Records are asked for by arrays (`= ANY`): one walk through an index, and still one walk through the
    business where the planner knows nothing of it, because it brought its records in a minute ago. The
    keys are columns first, for taking them out of jsonb is not leakproof and would come after the policy.
    MATERIALIZED and OFFSET 0 keep the planner from repeating an expression wherever it is named.
    """
    keys = keys if fields else ()
    unmatched = _unmatched(kind, mode, required)
    branches = [_matched(kind, keys, mode, fields), unmatched] if keys else [unmatched]
    key_columns = "".join(f", {kind.row_key(key, 'v')} AS key{place}" for place, key in enumerate(keys))
    beside = kind.beside()[0] if keys else ""
    return f"""given AS MATERIALIZED (SELECT row.*{key_columns} FROM ({rows}) row),
{_found(kind, keys)},
{beside}compared AS ({" UNION ALL ".join(branches)}),
decided AS (
    SELECT compared.*,
           CASE WHEN action <> 'create' THEN action
                WHEN own_conflicts <> '[]' THEN 'error'
                WHEN target_id IS NULL THEN 'create'
                WHEN after = '{{}}' THEN 'unchanged' ELSE 'update' END AS own_decision
      FROM compared
),
{_verdict(kind, keys, fields)}"""


def _found(kind: Kind, keys: Sequence[str]) -> str:
    """`found`: each row with the record that its strongest key finds, and how many that key finds.

    A weaker key is looked up only where the stronger ones found nobody.
    """
    if not keys:
        return "found AS (SELECT given.*, NULL::uuid AS record_id, 0 AS matches FROM given)"
    ctes, joins = "", ""
    for place, key in enumerate(keys):
        nobody_yet = "".join(f" AND by{stronger}.id IS NULL" for stronger in range(place))
        judged = f"given.action = 'create'{nobody_yet}"
        asked = f"SELECT given.key{place} FROM given{joins} WHERE {judged}"
        ctes += f"""by{place} AS MATERIALIZED (
    SELECT c.id, {kind.keys[key].record.format(c="c")} AS key FROM {kind.table} c
     WHERE {kind.same_key(key, "c", f"ANY (ARRAY({asked}))")}{kind.keys[key].narrow}
),
"""
        joins += f" LEFT JOIN by{place} ON {judged} AND by{place}.key = given.key{place}"
    record = f"coalesce({', '.join(f'by{place}.id' for place in range(len(keys)))})"
    return f"""{ctes}found AS MATERIALIZED (
    SELECT * FROM (
        SELECT given.*, {record} AS record_id,
               count(*) OVER (PARTITION BY given.line) AS matches,
               row_number() OVER (PARTITION BY given.line ORDER BY {record}) AS place
          FROM given{joins}) every
     WHERE place = 1
)"""


def _matched(kind: Kind, keys: Sequence[str], mode: str, fields: Sequence[str]) -> str:
    """Rows about a record, compared with it field by field. Notes are never overwritten."""
    several = f"Several {kind.noun}s match this row."
    standing = [("found.matches > 1", issue_literal("ambiguous_match", keys[0], several))]
    if mode == "create":
        exists = f"This {kind.noun} exists already, and this import only creates."
        standing.append(("true", issue_literal("already_exists", keys[0], exists)))
    old = kind.as_json(dict.fromkeys([*fields, *kind.rule_fields]), "c")
    # Quick, and wrong for lists: a longer one contains the shorter.
    is_other = "true" if OWN in fields else "NOT s.old @> s.new"
    return f"""
    SELECT found.*, c.id AS target_id, c.version AS target_version,
           coalesce(d.before, '{{}}') AS before, coalesce(d.after, '{{}}') AS after,
           CASE WHEN d.after IS NULL THEN {_issues_if(standing)}
                ELSE {_rules_broken(kind, "s.old || s.new", standing)} END AS own_conflicts
      FROM found
      JOIN {kind.table} c ON c.tenant_id = %(tenant)s AND c.id = found.record_id
                         AND c.id = ANY (ARRAY(SELECT record_id FROM found)){kind.beside()[1]}
     CROSS JOIN LATERAL (SELECT {old} AS old, {kind.new_values(fields)} AS new OFFSET 0) s
     CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(entry.key, s.old->entry.key) AS before,
               jsonb_object_agg(entry.key, entry.value) AS after
          FROM jsonb_each(s.new) AS entry
         WHERE {is_other} AND s.old->entry.key IS DISTINCT FROM entry.value) d
     WHERE found.record_id IS NOT NULL"""


def _unmatched(kind: Kind, mode: str, required: Required) -> str:
    """Rows about nobody yet: refused where the import only updates, or where no record can be made."""
    refused = [(f"NOT m.j->'{OWN}' ? '{key}'", _missing(key, label)) for key, label in required]
    refused = [(f"coalesce({broken}, true)", issue) for broken, issue in refused]
    if mode == "update":
        detail = f"No {kind.noun} matches this row, and this import only updates."
        refused.append(("true", issue_literal("no_match", None, detail)))
    broken = _rules_broken(kind, kind.created("found.v"), after=refused)
    return f"""
    SELECT found.*, NULL::uuid AS target_id, NULL::bigint AS target_version,
           '{{}}'::jsonb AS before, '{{}}'::jsonb AS after,
           CASE WHEN found.action = 'create' THEN {broken} ELSE '[]' END AS own_conflicts
      FROM found
     WHERE found.record_id IS NULL"""


def _missing(key: str, label: str) -> str:
    return issue_literal("required", f"{OWN_PREFIX}{key}", f"{label} must be filled in.")


def _verdict(kind: Kind, keys: Sequence[str], fields: Sequence[str]) -> str:
    """`verdict`: a row must not give its record an external id that another one has.

    Where the external id is the strongest key, whoever has it is the row's record.
    """
    if "external_id" not in fields or keys[:1] == ["external_id"]:
        return """verdict AS (
    SELECT decided.*, own_conflicts AS conflicts, own_decision AS decision FROM decided
)"""
    taken = issue_literal("external_id_taken", "external_id", f"Another {kind.noun} has this external id.")
    return f"""claiming AS MATERIALIZED (
    SELECT decided.*,
           CASE own_decision WHEN 'create' THEN v->>'external_id'
                             WHEN 'update' THEN after->>'external_id' END AS claim
      FROM decided
),
taken AS MATERIALIZED (
    SELECT c.id, c.external_id FROM {kind.table} c
     WHERE {kind.same_key("external_id", "c", "ANY (ARRAY(SELECT claim FROM claiming))")}
),
verdict AS (
    SELECT claiming.*,
           CASE WHEN taken.id IS NULL THEN own_conflicts ELSE own_conflicts || jsonb_build_array({taken}) END
               AS conflicts,
           CASE WHEN taken.id IS NULL THEN own_decision ELSE 'error' END AS decision
      FROM claiming
      LEFT JOIN taken ON taken.external_id = claiming.claim AND taken.id IS DISTINCT FROM claiming.target_id
)"""


def _rules_broken(
    kind: Kind,
    record: str,
    before: Sequence[tuple[str, str]] = (),
    after: Sequence[tuple[str, str]] = (),
) -> str:
    """SQL: the issues of a record given as jsonb, between those of two other lists of cases."""
    rules = [(broken, issue_literal(code, field, sentence)) for code, field, sentence, broken in kind.rules]
    return f"(SELECT {_issues_if([*before, *rules, *after])} FROM (SELECT {record} AS j OFFSET 0) m)"


def _issues_if(cases: Sequence[tuple[str, str]]) -> str:
    """SQL giving the jsonb array of those issues whose condition holds. cases: condition, literal."""
    parts = [
        f"CASE WHEN {condition} THEN jsonb_build_array({issue}) ELSE '[]' END" for condition, issue in cases
    ]
    return " || ".join(parts)
