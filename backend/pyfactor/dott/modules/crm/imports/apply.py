"""Write what the dry run showed, all of it or nothing: five statements in the caller's transaction.

Only rows whose customer is still as the dry run saw it are written; the others become errors that say
so. Every changed customer gets its history, by the same statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from dott.platform.tenancy.context import current

from . import matching
from .columns import CASTS, column, from_json
from .fields import FIELDS, OWN
from .matching import ROWS, Scope
from .verdict import issue_literal, kind_of_new, row_key, same_key

ENTITY = "crm.customer"
UNIQUE = "external_id"

_CHANGED = issue_literal("changed_since", None, "The customer was changed after the check.")
_CHANGED_SINCE = f"""
UPDATE crm_import_row r
   SET action = 'error', conflicts = jsonb_build_array({_CHANGED})
 WHERE {ROWS} AND r.action = 'update'
   AND NOT EXISTS (SELECT FROM crm_customer c
                    WHERE c.tenant_id = %(tenant)s AND c.id = r.target_id
                      AND c.version = r.target_version AND c.deleted_at IS NULL)"""

# What history keeps of a new customer: the fields that hold something, the number included.
CREATED_FIELDS = """jsonb_build_object(
        'number', c.number, 'kind', c.kind, 'stage', c.stage, 'status', c.status)
    || CASE WHEN r."values"->>'phone_raw' = '' THEN r."values" - 'phone_raw' ELSE r."values" END"""

_HISTORY = f"""
INSERT INTO history_change (tenant_id, change_set_id, entity, record_id, operation, before, after)
SELECT %(tenant)s, %(change_set)s, '{ENTITY}', c.id, 'create', '{{}}', {CREATED_FIELDS}
  FROM crm_import_row r
  JOIN crm_customer c ON c.tenant_id = %(tenant)s AND c.id = r.id
 WHERE {ROWS} AND r.action = 'create'
UNION ALL
SELECT %(tenant)s, %(change_set)s, '{ENTITY}', r.target_id, 'update', r.before, r.after
  FROM crm_import_row r
 WHERE {ROWS} AND r.action = 'update'"""

_OWNED = f"""
UPDATE crm_import_row r
   SET "values" = r."values" || jsonb_build_object('owner', %(member)s::uuid)
 WHERE {ROWS} AND r.action = 'create' AND r."values"->>'owner' IS NULL"""


def refuse_changed(cursor: Any, scope: Scope, *, keys: Sequence[str], fields: Sequence[str]) -> None:
    """Turn rows into errors whose customer was changed, trashed or created since the dry run.

    Locks the customers to be updated, in the order of their ids, until the transaction ends.
    """
    matching.prefer_hash_joins(cursor)
    cursor.execute(
        f"""SELECT FROM crm_customer c
             WHERE c.tenant_id = %(tenant)s
               AND c.id IN (SELECT r.target_id FROM crm_import_row r WHERE {ROWS} AND r.action = 'update')
             ORDER BY c.id FOR UPDATE""",
        scope.params,
    )
    cursor.execute(_CHANGED_SINCE, scope.params)
    for key in dict.fromkeys([*keys, *(["external_id"] if "external_id" in fields else [])]):
        cursor.execute(_appeared_sql(key), scope.params)


def write_customers(
    cursor: Any,
    scope: Scope,
    *,
    fields: Sequence[str],
    membership_id: UUID,
    change_set_id: UUID,
    first_number: int,
) -> None:
    """Insert the new customers, update the changed ones, and write the history of both."""
    params = scope.params | {
        "member": membership_id,
        "change_set": change_set_id,
        "first_number": first_number,
    }
    if current().sees is not None:
        # As in tenancy/visibility.py: what is nobody's becomes its maker's.
        cursor.execute(_OWNED, params)
        fields = list(dict.fromkeys([*fields, "owner"]))
    cursor.execute(_insert_sql(fields), params)
    if fields:
        cursor.execute(update_sql(fields, "after", "r.target_version"), params)
    cursor.execute(_HISTORY, params)


def refresh_statistics(cursor: Any) -> None:
    """Tell the planner of many new customers, so that a next import looks them up in the index."""
    cursor.execute("SELECT app.refresh_statistics('crm_customer')")


def _appeared_sql(key: str) -> str:
    # An external id is taken whoever sees its customer.
    detail = issue_literal("changed_since", key, "A matching customer was created after the check.")
    same = same_key(key, "c", row_key(key, 'r."values"'), seen=key != UNIQUE)
    return f"""
UPDATE crm_import_row r
   SET action = 'error', conflicts = jsonb_build_array({detail})
  FROM crm_customer c
 WHERE {ROWS} AND r.action = 'create' AND {same}"""


def _insert_sql(fields: Sequence[str]) -> str:
    """New customers under their rows' ids, numbered in the order of the file."""
    given = [field for field in fields if field != "kind"]
    columns = "".join(f", {column(field)}" for field in given)
    values = "".join(", " + from_json(field, 'r."values"') for field in given)
    return f"""
INSERT INTO crm_customer (tenant_id, id, number, created_by_id, updated_by_id, kind{columns})
SELECT %(tenant)s, r.id, %(first_number)s + row_number() OVER (ORDER BY r.line) - 1, %(member)s, %(member)s,
       {kind_of_new('r."values"')}{values}
  FROM crm_import_row r
 WHERE {ROWS} AND r.action = 'create'
 ORDER BY r.line"""


def update_sql(fields: Sequence[str], side: str, version: str) -> str:
    """Set the fields of one side of the comparison ("before" or "after"); the others stay."""
    sets = ", ".join(
        f"{column(name)} = CASE WHEN r.{side} ? '{name}' THEN {_value(name, side)} ELSE c.{column(name)} END"
        for name in fields
    )
    return f"""
UPDATE crm_customer c
   SET {sets}, version = c.version + 1, updated_at = now(), updated_by_id = %(member)s
  FROM crm_import_row r
 WHERE {ROWS} AND r.action = 'update' AND c.tenant_id = %(tenant)s AND c.id = r.target_id
   AND c.version = {version}"""


def _value(field: str, side: str) -> str:
    """Unlike in an insert, a JSON null (an owner or a date that was empty) stays null."""
    if field == OWN:
        return f"(r.{side}->'{OWN}')"
    cast = CASTS.get(FIELDS[field].kind, "text")
    return f"(r.{side}->>'{field}')::{cast}"
