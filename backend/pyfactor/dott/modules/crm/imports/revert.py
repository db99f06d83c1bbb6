"""Take an applied import back: created records go, updated ones get their old values.

A record that somebody changed after the import, or put something with, is left alone, and its row says so:
undoing the import must not undo what came later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from . import marking
from .apply import update_sql
from .fields import TAGS
from .kinds.base import ROWS, Kind, issue_literal
from .matching import Scope, prefer_hash_joins

# The record of a row, still exactly as the import left it.
_CREATED = f"{ROWS} AND r.action = 'create' AND c.tenant_id = %(tenant)s AND c.id = r.id AND c.version = 1"
# Of the rows that are not kept.
_GOING = "r.conflicts = '[]'"


def revert_records(
    cursor: Any,
    scope: Scope,
    *,
    kind: Kind,
    fields: Sequence[str],
    membership_id: UUID,
    change_set_id: UUID,
    tag_id: UUID | None = None,
) -> list[int]:
    """Undo every row whose record is as the import left it; return the lines of those kept.

    tag_id: what the import put on its records.
    """
    params = scope.params | {"member": membership_id, "change_set": change_set_id}
    prefer_hash_joins(cursor)
    cursor.execute(_lock_sql(kind), params)
    kept: list[int] = []
    for statement in (_keep_changed_sql(kind), *_keep_used_sql(kind)):
        cursor.execute(statement, params)
        kept += [line for (line,) in cursor.fetchall()]
    cursor.execute(_history_sql(kind), params)
    for statement in (*kind.revert_beside(), *_sweep_sql(kind)):
        cursor.execute(statement, params)
    cursor.execute(f"DELETE FROM {kind.table} c USING crm_import_row r WHERE {_CREATED} AND {_GOING}", params)
    if tag_id:
        marking.unlink_tag(cursor, scope, kind=kind, tag_id=tag_id)
        fields = [*fields, TAGS]
    if fields:
        cursor.execute(update_sql(kind, fields, "before", "r.target_version + 1"), params)
    return sorted(kept)


def _updated(kind: Kind) -> str:
    """SQL condition, as _CREATED. Where only something beside the record was written, it is as before."""
    written = f"CASE WHEN {kind.own_part('r.after')} = '{{}}' THEN 0 ELSE 1 END"
    return (
        f"{ROWS} AND r.action = 'update' AND c.tenant_id = %(tenant)s AND c.id = r.target_id"
        f" AND c.version = r.target_version + {written}"
    )


def _lock_sql(kind: Kind) -> str:
    return f"""
SELECT FROM {kind.table} c
 WHERE c.tenant_id = %(tenant)s
   AND c.id IN (SELECT coalesce(r.target_id, r.id) FROM crm_import_row r
                 WHERE {ROWS} AND r.action IN ('create', 'update'))
 ORDER BY c.id FOR UPDATE"""


def _keep_changed_sql(kind: Kind) -> str:
    kept = issue_literal(
        "changed_after_import", None, f"The {kind.noun} was changed after the import and is kept."
    )
    return f"""
UPDATE crm_import_row r
   SET conflicts = jsonb_build_array({kept})
 WHERE {ROWS} AND r.action IN ('create', 'update')
   AND (({kind.changed_beside()})
        OR (NOT EXISTS (SELECT FROM {kind.table} c WHERE {_CREATED})
            AND NOT EXISTS (SELECT FROM {kind.table} c WHERE {_updated(kind)})))
RETURNING r.line"""


def _keep_used_sql(kind: Kind) -> list[str]:
    """A new record that others refer to by now stays, with them."""
    kept = issue_literal(
        "used_after_import", None, f"The {kind.noun} is in use since the import and is kept."
    )
    return [
        f"""
UPDATE crm_import_row r
   SET conflicts = jsonb_build_array({kept})
  FROM {table} x
 WHERE {ROWS} AND r.action = 'create' AND {_GOING}
   AND x.tenant_id = %(tenant)s AND x.{column} = r.id AND x.id <> r.id
RETURNING r.line"""
        for table, column in kind.dependents
    ]


def _history_sql(kind: Kind) -> str:
    before, after = kind.own_part("r.before"), kind.own_part("r.after")
    return f"""
INSERT INTO history_change (tenant_id, change_set_id, entity, record_id, operation, before, after)
SELECT %(tenant)s, %(change_set)s, '{kind.entity}', c.id, 'delete', {kind.created_fields()}, '{{}}'
  FROM crm_import_row r, {kind.table} c WHERE {_CREATED} AND {_GOING}
UNION ALL
SELECT %(tenant)s, %(change_set)s, '{kind.entity}', c.id, 'update', {after}, {before}
  FROM crm_import_row r, {kind.table} c WHERE {_updated(kind)} AND {_GOING} AND {after} <> '{{}}'"""


def _sweep_sql(kind: Kind) -> list[str]:
    return [
        f"""
DELETE FROM {table} x USING crm_import_row r
 WHERE {ROWS} AND r.action = 'create' AND {_GOING} AND x.tenant_id = %(tenant)s AND x.{column} = r.id"""
        for table, column in (*kind.swept, kind.tag_links)
    ]
