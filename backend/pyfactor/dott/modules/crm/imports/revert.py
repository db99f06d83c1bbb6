"""Take an applied import back: created customers go, updated ones get their old values.

A customer that somebody changed after the import is left alone, and its row says so: undoing the import
must not undo what came later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from .apply import CREATED_FIELDS, ENTITY, update_sql
from .matching import ROWS, Scope, prefer_hash_joins
from .verdict import issue_literal

# The customer of a row, still exactly as the import left it.
_CREATED = f"{ROWS} AND r.action = 'create' AND c.tenant_id = %(tenant)s AND c.id = r.id AND c.version = 1"
_UPDATED = (
    f"{ROWS} AND r.action = 'update' AND c.tenant_id = %(tenant)s AND c.id = r.target_id"
    " AND c.version = r.target_version + 1"
)
_LOCK = f"""
SELECT FROM crm_customer c
 WHERE c.tenant_id = %(tenant)s
   AND c.id IN (SELECT coalesce(r.target_id, r.id) FROM crm_import_row r
                 WHERE {ROWS} AND r.action IN ('create', 'update'))
 ORDER BY c.id FOR UPDATE"""

_KEPT = issue_literal("changed_after_import", None, "The customer was changed after the import and is kept.")
_KEEP = f"""
UPDATE crm_import_row r
   SET conflicts = jsonb_build_array({_KEPT})
 WHERE {ROWS} AND r.action IN ('create', 'update')
   AND NOT EXISTS (SELECT FROM crm_customer c WHERE {_CREATED})
   AND NOT EXISTS (SELECT FROM crm_customer c WHERE {_UPDATED})
RETURNING r.line"""

_HISTORY = f"""
INSERT INTO history_change (tenant_id, change_set_id, entity, record_id, operation, before, after)
SELECT %(tenant)s, %(change_set)s, '{ENTITY}', c.id, 'delete', {CREATED_FIELDS}, '{{}}'
  FROM crm_import_row r, crm_customer c WHERE {_CREATED}
UNION ALL
SELECT %(tenant)s, %(change_set)s, '{ENTITY}', c.id, 'update', r.after, r.before
  FROM crm_import_row r, crm_customer c WHERE {_UPDATED}"""

_DELETE = f"DELETE FROM crm_customer c USING crm_import_row r WHERE {_CREATED}"


def revert_customers(
    cursor: Any, scope: Scope, *, fields: Sequence[str], membership_id: UUID, change_set_id: UUID
) -> list[int]:
    """Undo every row whose customer is as the import left it; return the lines of those kept."""
    params = scope.params | {"member": membership_id, "change_set": change_set_id}
    prefer_hash_joins(cursor)
    cursor.execute(_LOCK, params)
    cursor.execute(_KEEP, params)
    kept = sorted(line for (line,) in cursor.fetchall())
    cursor.execute(_HISTORY, params)
    cursor.execute(_DELETE, params)
    if fields:
        cursor.execute(update_sql(fields, "before", "r.target_version + 1"), params)
    return kept
