"""Compare staged rows with the customers there are, and say what an apply would do with each.

Set-based: every step is one statement over all rows of the import, or over the few that were edited.
Field and key names come from fields.py, never from a request.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from .columns import as_json

# How a customer and a row are compared by each key. The customer's side uses its stored keys, which
# have indexes; name_key is cut at 200 characters (models/keys.py).
CUSTOMER_KEY = {
    "external_id": "c.external_id",
    "email": "c.email_key",
    "phone": "c.phone",
    "business_name": "c.name_key",
}
ROW_KEY = {
    "external_id": """(r."values"->>'external_id')""",
    "email": """lower(r."values"->>'email')""",
    "phone": """(r."values"->>'phone')""",
    "business_name": """left(app.search_key(r."values"->>'business_name'), 200)""",
}
KEY_CONDITION = {"business_name": "AND c.kind = 'business'"}

# The rules between fields (models/rules.py) on a customer as jsonb: code, field, sentence, what breaks it.
RULES = (
    (
        "customer_business_has_business_name",
        "business_name",
        "A business needs its name.",
        "m.j->>'kind' = 'business' AND coalesce(m.j->>'business_name', '') = ''",
    ),
    (
        "customer_person_has_a_name",
        "last_name",
        "A person needs a first or a last name.",
        "m.j->>'kind' = 'person' AND coalesce(m.j->>'first_name', '') = ''"
        " AND coalesce(m.j->>'last_name', '') = ''",
    ),
    (
        "customer_exemption_details_need_exemption",
        "is_tax_exempt",
        "A certificate or its expiry belongs to a customer who is tax exempt.",
        "NOT coalesce((m.j->>'is_tax_exempt')::boolean, false)"
        " AND (coalesce(m.j->>'tax_exempt_certificate', '') <> ''"
        " OR m.j->>'tax_exempt_expires_on' IS NOT NULL)",
    ),
    (
        "too_long",
        "notes",
        "Together with the notes that are there, these exceed 20,000 characters.",
        "length(m.j->>'notes') > 20000",
    ),
)
RULE_FIELDS = (
    "kind", "business_name", "first_name", "last_name",
    "is_tax_exempt", "tax_exempt_certificate", "tax_exempt_expires_on",
)  # fmt: skip
DUPLICATE = "duplicate_in_file"


class Scope(NamedTuple):
    """Which rows: all of an import, or those with the given ids."""

    tenant_id: UUID
    import_id: UUID
    row_ids: list[UUID] | None = None

    @property
    def params(self) -> dict[str, Any]:
        return {"tenant": self.tenant_id, "import": self.import_id, "rows": self.row_ids}


ROWS = "r.tenant_id = %(tenant)s AND r.import_job_id = %(import)s"
_CHOSEN = f"{ROWS} AND (%(rows)s::uuid[] IS NULL OR r.id = ANY(%(rows)s::uuid[]))"


def classify(cursor: Any, scope: Scope, *, keys: Sequence[str], mode: str, fields: Sequence[str]) -> None:
    """Decide the action of every chosen row that has no error of its own.

    keys: match keys, strongest first. mode: create, update or upsert. fields: customer fields that the
    import can set. Afterwards each row is create, update, unchanged, error or excluded, with target,
    before, after and conflicts filled in.
    """
    if scope.row_ids is None:
        prefer_hash_joins(cursor)
    if keys and fields:
        cursor.execute(_match_sql(keys, mode, fields), scope.params)
    cursor.execute(_judge_new_sql(mode), scope.params)
    if "external_id" in fields:
        cursor.execute(_TAKEN_SQL, scope.params)
    for key in _duplicate_keys(keys, fields):
        cursor.execute(_duplicates_sql(key), scope.params)


def prefer_hash_joins(cursor: Any) -> None:
    """For the rest of the transaction, join all rows of an import with all customers at once.

    The rows were written a moment ago: the planner's statistics do not know them, and it would go through
    the customers once for each. Sorts and hashes of 250,000 rows fit the memory given here.
    """
    cursor.execute("SET LOCAL enable_nestloop = off")
    cursor.execute("SET LOCAL work_mem = '64MB'")


def reset(cursor: Any, scope: Scope) -> None:
    """Take back the decision about the chosen rows, and about those that were somebody's duplicate."""
    cursor.execute(_RESET_SQL, scope.params)


def count_actions(cursor: Any, scope: Scope) -> dict[str, int]:
    """Rows per action, and "warning": rows with at least one."""
    cursor.execute(
        f"SELECT r.action, count(*), count(*) FILTER (WHERE r.warnings <> '[]') FROM crm_import_row r"
        f" WHERE {ROWS} GROUP BY r.action",
        scope.params,
    )
    counts = dict.fromkeys(("create", "update", "unchanged", "error", "excluded", "warning"), 0)
    for action, rows, warned in cursor.fetchall():
        counts[action] = rows
        counts["warning"] += warned
    return counts


def issue_literal(code: str, field: str | None, detail: str) -> str:
    """An Issue without a column, as a jsonb literal."""
    body = json.dumps({"column": None, "field": field, "code": code, "detail": detail})
    return "'" + body.replace("'", "''").replace("%", "%%") + "'::jsonb"


def _issues_if(cases: Sequence[tuple[str, str]]) -> str:
    """SQL giving the jsonb array of those issues whose condition holds. cases: condition, literal."""
    parts = [
        f"CASE WHEN {condition} THEN jsonb_build_array({issue}) ELSE '[]' END" for condition, issue in cases
    ]
    return " || ".join(parts)


def _rule_cases() -> list[tuple[str, str]]:
    return [(broken, issue_literal(code, field, sentence)) for code, field, sentence, broken in RULES]


def _match_sql(keys: Sequence[str], mode: str, fields: Sequence[str]) -> str:
    """Find each row's customer by its strongest key that finds one, and compare field by field.

    Notes are never overwritten: lines that are not there yet are added below.
    MATERIALIZED and OFFSET 0 keep the planner from repeating an expression wherever it is named.
    """
    candidates = " UNION ALL ".join(
        f"""SELECT r.id AS row_id, {rank} AS rank, c.id AS customer_id
              FROM crm_import_row r
              JOIN crm_customer c ON c.tenant_id = %(tenant)s AND {CUSTOMER_KEY[key]} = {ROW_KEY[key]}
             WHERE {_CHOSEN} AND r.action = 'create' AND c.deleted_at IS NULL
               AND {CUSTOMER_KEY[key]} <> '' {KEY_CONDITION.get(key, "")}"""
        for rank, key in enumerate(keys)
    )
    compared = list(dict.fromkeys([*fields, *RULE_FIELDS]))
    notes = (
        """CASE WHEN c.notes = '' OR NOT r."values" ? 'notes' THEN r."values"
                WHEN position(E'\n' || (r."values"->>'notes') || E'\n' IN E'\n' || c.notes || E'\n') > 0
                THEN r."values" - 'notes'
                ELSE jsonb_set(r."values", '{notes}', to_jsonb(concat_ws(E'\\n', c.notes, (
                    SELECT string_agg(line, E'\\n' ORDER BY place)
                      FROM unnest(string_to_array(r."values"->>'notes', E'\\n'))
                           WITH ORDINALITY AS given (line, place)
                     WHERE line <> ALL (string_to_array(c.notes, E'\\n'))))))
           END"""
        if "notes" in fields
        else 'r."values"'
    )
    # What is wrong even when nothing would change, and what can be wrong with a change.
    standing = [
        ("f.found > 1", issue_literal("ambiguous_match", keys[0], "Several customers match this row."))
    ]
    if mode == "create":
        exists = "This customer exists already, and this import only creates."
        standing.append(("true", issue_literal("already_exists", keys[0], exists)))
    conflicts = [*standing, *_rule_cases()]
    return f"""
WITH candidate AS ({candidates}),
best AS (
    SELECT row_id, customer_id,
           count(*) OVER (PARTITION BY row_id, rank) AS found,
           row_number() OVER (PARTITION BY row_id ORDER BY rank, customer_id) AS place
      FROM candidate
),
f AS MATERIALIZED (
    SELECT r.id, b.found, c.id AS target_id, c.version AS target_version,
           {as_json(compared, "c")} AS old, {notes} AS new
      FROM best b
      JOIN crm_import_row r ON {ROWS} AND r.id = b.row_id
      JOIN crm_customer c ON c.tenant_id = %(tenant)s AND c.id = b.customer_id
     WHERE b.place = 1
),
decided AS (
    SELECT f.id, f.target_id, f.target_version, d.before, d.after, {_issues_if(conflicts)} AS conflicts
      FROM f
     CROSS JOIN LATERAL (SELECT f.old || f.new AS j OFFSET 0) m
     CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(given.key, f.old->given.key) AS before,
               jsonb_object_agg(given.key, given.value) AS after
          FROM jsonb_each(f.new) AS given
         WHERE f.old->given.key IS DISTINCT FROM given.value) d
     WHERE NOT f.old @> f.new
     UNION ALL
    SELECT f.id, f.target_id, f.target_version, '{{}}', '{{}}', {_issues_if(standing)}
      FROM f
     WHERE f.old @> f.new
)
UPDATE crm_import_row r
   SET target_id = decided.target_id, target_version = decided.target_version,
       before = decided.before, after = decided.after, conflicts = decided.conflicts,
       action = CASE WHEN decided.conflicts <> '[]' THEN 'error'
                     WHEN decided.after = '{{}}' THEN 'unchanged' ELSE 'update' END
  FROM decided
 WHERE {ROWS} AND r.id = decided.id"""


def _judge_new_sql(mode: str) -> str:
    """Rows about nobody yet: refused where the import only updates, or where no customer can be made."""
    cases = _rule_cases()
    if mode == "update":
        detail = "No customer matches this row, and this import only updates."
        cases.append(("true", issue_literal("no_match", None, detail)))
    customer = "jsonb_build_object('kind', " + kind_of_new('r."values"') + ') || r."values"'
    return f"""
WITH decided AS (
    SELECT r.id, {_issues_if(cases)} AS conflicts
      FROM crm_import_row r
     CROSS JOIN LATERAL (SELECT {customer} AS j OFFSET 0) m
     WHERE {_CHOSEN} AND r.action = 'create'
)
UPDATE crm_import_row r SET conflicts = decided.conflicts, action = 'error'
  FROM decided WHERE {ROWS} AND r.id = decided.id AND decided.conflicts <> '[]'"""


def kind_of_new(values: str) -> str:
    """SQL: what a new customer is when the file does not say. A name of a business makes one."""
    return (
        f"coalesce({values}->>'kind', CASE WHEN {values} ? 'business_name' THEN 'business' ELSE 'person' END)"
    )


_TAKEN_SQL = f"""
UPDATE crm_import_row r
   SET action = 'error',
       conflicts = r.conflicts || jsonb_build_array(
           {issue_literal("external_id_taken", "external_id", "Another customer has this external id.")})
  FROM crm_customer c
 WHERE {_CHOSEN} AND c.tenant_id = %(tenant)s AND c.deleted_at IS NULL AND c.external_id <> ''
   AND c.external_id = CASE r.action WHEN 'create' THEN r."values"->>'external_id'
                                     WHEN 'update' THEN r.after->>'external_id' END
   AND c.id IS DISTINCT FROM r.target_id"""


def _duplicate_keys(keys: Sequence[str], fields: Sequence[str]) -> list[str]:
    """SQL expressions that no two rows of a file may share.

    First the customer that both are about, or for new ones the strongest key that the row has; then
    the external id, which is unique whatever the match keys are.
    """
    strongest = " ".join(
        f"""WHEN r."values" ? '{key}' THEN '{key} ' || {ROW_KEY[key]}""" for key in keys if key in fields
    )
    about = f"coalesce(r.target_id::text, CASE {strongest} END)" if strongest else "r.target_id::text"
    return [
        about,
        *([ROW_KEY["external_id"]] if "external_id" in fields and keys[:1] != ["external_id"] else []),
    ]


def _duplicates_sql(key: str) -> str:
    detail = "to_jsonb('Line ' || twice.first_line || ' of this file is about the same customer.')"
    return f"""
UPDATE crm_import_row r
   SET action = 'error',
       conflicts = r.conflicts || jsonb_build_array(
           jsonb_set({issue_literal(DUPLICATE, None, "")}, '{{detail}}', {detail}))
  FROM (
    SELECT r.id, r.line, min(r.line) OVER (PARTITION BY {key}) AS first_line
      FROM crm_import_row r
     WHERE {ROWS} AND r.action IN ('create', 'update', 'unchanged') AND {key} IS NOT NULL
  ) twice
 WHERE {ROWS} AND r.id = twice.id AND r.line > twice.first_line"""


_RESET_SQL = f"""
UPDATE crm_import_row r
   SET target_id = NULL, target_version = NULL, before = '{{}}', after = '{{}}', conflicts = '[]',
       action = CASE WHEN r.is_excluded THEN 'excluded' WHEN r.errors <> '[]' THEN 'error' ELSE 'create' END
 WHERE {_CHOSEN}"""
