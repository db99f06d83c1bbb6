"""Write what the dry run showed, all of it or nothing: a few statements in the caller's transaction.

Only rows whose record is still as the dry run saw it are written; the others become errors that say
so. Every changed record gets its history, by the same statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from dott.platform.tenancy.context import current

from . import marking, matching
from .fields import OWN, TAGS
from .kinds.base import ROWS, Kind, Reference, issue_literal
from .matching import Judge, Scope

UNIQUE = "external_id"
_OWNED = f"""
UPDATE crm_import_row r
   SET "values" = r."values" || jsonb_build_object('owner', %(member)s::uuid)
 WHERE {ROWS} AND r.action = 'create' AND r."values"->>'owner' IS NULL"""


def refuse_changed(cursor: Any, scope: Scope, judge: Judge) -> None:
    """Turn rows into errors whose record, or one that they refer to, was changed, trashed or created since
    the dry run.

    Locks the records to be updated, in the order of their ids, until the transaction ends.
    """
    kind, fields = judge.kind, judge.fields
    matching.prefer_hash_joins(cursor)
    cursor.execute(
        f"""SELECT FROM {kind.table} c
             WHERE c.tenant_id = %(tenant)s
               AND c.id IN (SELECT r.target_id FROM crm_import_row r WHERE {ROWS} AND r.action = 'update')
             ORDER BY c.id FOR UPDATE""",
        scope.params,
    )
    cursor.execute(_changed_sql(kind), scope.params)
    for key in dict.fromkeys([*judge.keys, *(["external_id"] if "external_id" in fields else [])]):
        cursor.execute(_appeared_sql(kind, key), scope.params)
    for reference in kind.references:
        if reference.field in fields:
            cursor.execute(_gone_sql(reference), scope.params)


def write_records(
    cursor: Any,
    scope: Scope,
    *,
    kind: Kind,
    fields: Sequence[str],
    membership_id: UUID,
    change_set_id: UUID,
    first_number: int,
    tag_id: UUID | None = None,
) -> None:
    """Insert the new records, update the changed ones, and write the history of both.

    tag_id: a locked tag that all of them get.
    """
    params = scope.params | {
        "member": membership_id,
        "change_set": change_set_id,
        "first_number": first_number,
        "tags": [tag_id] if tag_id else [],
    }
    if current().sees is not None and "owner" in kind.fields:
        # As in tenancy/visibility.py: what is nobody's becomes its maker's.
        cursor.execute(_OWNED, params)
        fields = list(dict.fromkeys([*fields, "owner"]))
    cursor.execute(kind.insert_sql(fields), params)
    if tag_id:
        marking.note_tag(cursor, scope, kind=kind, tag_id=tag_id)
        fields = [*fields, TAGS]
    if fields:
        cursor.execute(update_sql(kind, fields, "after", "r.target_version"), params)
    cursor.execute(_history_sql(kind), params)
    for statement in kind.write_beside():
        cursor.execute(statement, params)
    if tag_id:
        marking.link_tag(cursor, scope, kind=kind, tag_id=tag_id)


def refresh_statistics(cursor: Any, kind: Kind) -> None:
    """Tell the planner of many new records, so that a next import looks them up in the index."""
    for table in (kind.table, *kind.written):
        cursor.execute("SELECT app.refresh_statistics(%s::regclass)", [table])


def _changed_sql(kind: Kind) -> str:
    detail = issue_literal("changed_since", None, f"The {kind.noun} was changed after the check.")
    return f"""
UPDATE crm_import_row r
   SET action = 'error', conflicts = jsonb_build_array({detail})
 WHERE {ROWS} AND r.action = 'update'
   AND NOT EXISTS (SELECT FROM {kind.table} c
                    WHERE c.tenant_id = %(tenant)s AND c.id = r.target_id
                      AND c.version = r.target_version AND c.deleted_at IS NULL)"""


def _gone_sql(reference: Reference) -> str:
    detail = issue_literal(
        "changed_since", reference.field, "What this names is no longer there since the check."
    )
    condition = f" AND {reference.condition}" if reference.condition else ""
    side = f"""(CASE r.action WHEN 'create' THEN coalesce(r."values"->'else', '{{}}') || r."values"
               ELSE r.after END ->> '{reference.field}')"""
    return f"""
UPDATE crm_import_row r
   SET action = 'error', conflicts = jsonb_build_array({detail})
 WHERE {ROWS} AND r.action IN ('create', 'update') AND {side} IS NOT NULL
   AND NOT EXISTS (SELECT FROM {reference.table} x
                    WHERE x.tenant_id = %(tenant)s AND x.id = {side}::uuid{condition})"""


def _history_sql(kind: Kind) -> str:
    before, after = kind.own_part("r.before"), kind.own_part("r.after")
    return f"""
INSERT INTO history_change (tenant_id, change_set_id, entity, record_id, operation, before, after)
SELECT %(tenant)s, %(change_set)s, '{kind.entity}', c.id, 'create', '{{}}', {kind.created_fields()}
  FROM crm_import_row r
  JOIN {kind.table} c ON c.tenant_id = %(tenant)s AND c.id = r.id
 WHERE {ROWS} AND r.action = 'create'
UNION ALL
SELECT %(tenant)s, %(change_set)s, '{kind.entity}', r.target_id, 'update', {before}, {after}
  FROM crm_import_row r
 WHERE {ROWS} AND r.action = 'update' AND {after} <> '{{}}'"""


def _appeared_sql(kind: Kind, key: str) -> str:
    # An external id is taken whoever sees its record.
    same = kind.same_key(key, "c", kind.row_key(key, 'r."values"'), seen=key != UNIQUE)
    detail = issue_literal("changed_since", key, f"A matching {kind.noun} was created after the check.")
    return f"""
UPDATE crm_import_row r
   SET action = 'error', conflicts = jsonb_build_array({detail})
  FROM {kind.table} c
 WHERE {ROWS} AND r.action = 'create' AND {same}"""


def update_sql(kind: Kind, fields: Sequence[str], side: str, version: str) -> str:
    """Set the fields of one side of the comparison ("before" or "after"); the others stay."""
    sets = ", ".join(
        f"{kind.column(name)} = CASE WHEN r.{side} ? '{name}' THEN {kind.given(name, side)}"
        f" ELSE c.{kind.column(name)} END"
        for name in fields
        if name in (*kind.columns, OWN, TAGS)
    )
    return f"""
UPDATE {kind.table} c
   SET {sets + ", " if sets else ""}version = c.version + 1, updated_at = now(), updated_by_id = %(member)s
  FROM crm_import_row r
 WHERE {ROWS} AND r.action = 'update' AND c.tenant_id = %(tenant)s AND c.id = r.target_id
   AND r.conflicts = '[]' AND {kind.own_part("r.after")} <> '{{}}' AND c.version = {version}"""
