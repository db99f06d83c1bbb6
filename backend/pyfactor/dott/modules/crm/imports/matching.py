"""Rows of an import once they are staged: judging edited ones again, duplicates, counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from .kinds.base import ROWS, Kind, issue_literal
from .verdict import Required, verdict_ctes

DUPLICATE = "duplicate_in_file"
# A row that fails by one of these is readable: it is other rows or records that it does not agree with.
CONFLICTS = (DUPLICATE, "ambiguous_match", "already_exists", "external_id_taken", "changed_since")


class Scope(NamedTuple):
    """Which rows: all of an import, or those with the given ids."""

    tenant_id: UUID
    import_id: UUID
    row_ids: list[UUID] | None = None

    @property
    def params(self) -> dict[str, Any]:
        return {"tenant": self.tenant_id, "import": self.import_id, "rows": self.row_ids}


_CHOSEN = f"{ROWS} AND (%(rows)s::uuid[] IS NULL OR r.id = ANY(%(rows)s::uuid[]))"


class Judge(NamedTuple):
    """By what rows are judged. keys: match keys, strongest first. mode: create, update or upsert. fields:
    what the import can set. required: (key, label) of own fields that a new record must have."""

    kind: Kind
    keys: Sequence[str]
    mode: str
    fields: Sequence[str]
    required: Required = ()


def classify(cursor: Any, scope: Scope, judge: Judge) -> None:
    """Decide anew what would be done with the chosen rows, whatever was decided before.

    Afterwards each row is create, update, unchanged, error or excluded, with target,
    before, after and conflicts filled in. Duplicates are for mark_duplicates() to find.
    """
    prefer_hash_joins(cursor)
    rows = f"""SELECT r.line, r."values" AS v,
       CASE WHEN r.is_excluded THEN 'excluded' WHEN r.errors <> '[]' THEN 'error' ELSE 'create' END AS action
  FROM crm_import_row r WHERE {_CHOSEN}"""
    cursor.execute(
        f"""WITH {verdict_ctes(rows, **judge._asdict())}
UPDATE crm_import_row r
   SET target_id = v.target_id, target_version = v.target_version, before = v.before, after = v.after,
       conflicts = v.conflicts, action = v.decision
  FROM verdict v WHERE {ROWS} AND r.line = v.line""",
        scope.params,
    )


def mark_duplicates(cursor: Any, scope: Scope, judge: Judge) -> None:
    """Turn every row of the import into an error that is about the same record as one above it."""
    for key in _duplicate_keys(judge.kind, judge.keys, judge.fields):
        cursor.execute(_duplicates_sql(judge.kind, key), scope.params)


def prefer_hash_joins(cursor: Any) -> None:
    """For the rest of the transaction, join all rows of an import with all records at once.

    The rows were written a moment ago: the planner's statistics do not know them, and it would go through
    the records once for each. Sorts and hashes of 250,000 rows fit the memory given here.
    """
    cursor.execute("SET LOCAL enable_nestloop = off")
    cursor.execute("SET LOCAL work_mem = '64MB'")


def count_actions(cursor: Any, scope: Scope) -> dict[str, int]:
    """Rows per action; "warning": rows with at least one; "conflict": the errors by one of CONFLICTS."""
    conflict = " OR ".join(f"""r.conflicts @> '[{{"code": "{code}"}}]'""" for code in CONFLICTS)
    cursor.execute(
        f"""SELECT r.action, count(*), count(*) FILTER (WHERE r.warnings <> '[]'),
       count(*) FILTER (WHERE r.action = 'error' AND ({conflict}))
  FROM crm_import_row r WHERE {ROWS} GROUP BY r.action""",
        scope.params,
    )
    counts = dict.fromkeys(("create", "update", "unchanged", "error", "excluded", "warning", "conflict"), 0)
    for action, rows, warned, conflicts in cursor.fetchall():
        counts[action] = rows
        counts["warning"] += warned
        counts["conflict"] += conflicts
    return counts


def _duplicate_keys(kind: Kind, keys: Sequence[str], fields: Sequence[str]) -> list[str]:
    """SQL expressions that no two rows of a file may share.

    First the record that both are about, or for new ones the strongest key that the row has; then
    the external id, which is unique whatever the match keys are.
    """
    values = 'r."values"'
    strongest = " ".join(
        f"WHEN {kind.has_key(key, values)} THEN '{key} ' || {kind.row_key(key, values)}" for key in keys
    )
    about = f"coalesce(r.target_id::text, CASE {strongest} END)" if strongest else "r.target_id::text"
    return [
        about,
        *(
            [kind.row_key("external_id", values)]
            if "external_id" in fields and keys[:1] != ["external_id"]
            else []
        ),
    ]


def _duplicates_sql(kind: Kind, key: str) -> str:
    detail = f"to_jsonb('Line ' || twice.first_line || ' of this file is about the same {kind.noun}.')"
    return f"""
UPDATE crm_import_row r
   SET action = 'error',
       conflicts = r.conflicts || jsonb_build_array(
           jsonb_set({issue_literal(DUPLICATE, None, "")}, '{{detail}}', {detail}))
  FROM (
    SELECT r.line, min(r.line) OVER (PARTITION BY {key}) AS first_line
      FROM crm_import_row r
     WHERE {ROWS} AND r.action IN ('create', 'update', 'unchanged') AND {key} IS NOT NULL
  ) twice
 WHERE {ROWS} AND r.line = twice.line AND twice.line > twice.first_line"""
