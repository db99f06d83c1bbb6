"""The statements of an undo, for one model and whole sets of rows.

First the undoing set's history is written, from the table and the undone set's; then the records follow
what was written. `ch` is a change of the undone set, `h` one of the undoing set, `c` the record.
All take the parameters tenant, undone, undoing, entity, member.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import Field, Model

from dott.platform.history.columns import Column, columns, record_row
from dott.platform.history.entities import is_trashable, untold_parts
from dott.platform.history.snapshot import NO_EMPTY, empty_of, kept_fields

_OF = "{alias}.tenant_id = %(tenant)s AND {alias}.change_set_id = %({set})s AND {alias}.entity = %(entity)s"
_UNDONE = _OF.format(alias="ch", set="undone")
_UNDOING = _OF.format(alias="h", set="undoing")
_CHANGES = "('update', 'trash', 'restore')"
_INSERT = """
INSERT INTO history_change (tenant_id, change_set_id, entity, record_id, operation, before, after)
SELECT %(tenant)s, %(undoing)s, %(entity)s, """
# At most so many conflicts are shown; all are counted.
SHOWN = 100


class UndoSql:
    """fields: the names that occur in the set's updates; None for all (creations and deletions)."""

    def __init__(self, model: type[Model], fields: Sequence[str] | None = None) -> None:
        self.model = model
        self.table = model._meta.db_table
        self.columns = columns(model, fields)
        self.record = f"{self.table} c ON c.tenant_id = %(tenant)s AND c.id = ch.record_id"

    def lock(self) -> str:
        """The set's records, in the order of their ids."""
        return f"""
SELECT FROM {self.table} c
 WHERE c.tenant_id = %(tenant)s
   AND c.id IN (SELECT ch.record_id FROM history_change ch WHERE {_UNDONE})
 ORDER BY c.id FOR UPDATE"""

    # --- Fields that were changed, the trash among them ---

    def _changes(self, *conditions: str) -> str:
        both = f"CROSS JOIN {record_row('ch.after', 'wrote', self.columns)}"
        both += f" CROSS JOIN {record_row('ch.before', 'back', self.columns)}"
        where = " AND ".join([_UNDONE, f"ch.operation IN {_CHANGES}", *conditions])
        return f"FROM history_change ch JOIN {self.record} {both} {{}} WHERE {where}"

    def changed_since(self) -> str:
        """(record, field, now, wrote, back, total): fields that are neither as written nor back already."""
        values = ", ".join(f"({c.key}, {c.as_json()}, {_is_changed(c)})" for c in self.columns)
        source = self._changes("ch.after ? f.name", "f.is_changed").format(
            f"CROSS JOIN LATERAL (VALUES {values}) AS f (name, now, is_changed)"
        )
        return f"""
SELECT ch.record_id, f.name, f.now, ch.after -> f.name, ch.before -> f.name, count(*) OVER ()
  {source} ORDER BY ch.id, f.name LIMIT {SHOWN}"""

    def gone(self) -> str:
        """(record, total) of those that were removed for good."""
        return f"""
SELECT ch.record_id, count(*) OVER () FROM history_change ch LEFT JOIN {self.record}
 WHERE {_UNDONE} AND ch.operation IN {_CHANGES} AND c.id IS NULL ORDER BY ch.id LIMIT {SHOWN}"""

    def write_changes(self, *, overwrite: bool) -> str:
        """Set the fields back that are not yet; with overwrite also those that were changed since."""
        values = ", ".join(
            f"({c.key}, {c.as_json()}, {_differs(c, 'back')}, {_is_changed(c)})" for c in self.columns
        )
        kept = "" if overwrite else " AND NOT (ch.after ? f.name AND f.is_changed)"
        operation = (
            "CASE ch.operation WHEN 'trash' THEN 'restore' WHEN 'restore' THEN 'trash' ELSE 'update' END"
        )
        source = self._changes("d.after IS NOT NULL").format(
            f"""CROSS JOIN LATERAL (
       SELECT jsonb_object_agg(f.name, f.now) AS before,
              jsonb_object_agg(f.name, goal.back -> f.name) AS after
         FROM (SELECT {self._goal()} AS back) goal,
              (VALUES {values}) AS f (name, now, differs, is_changed)
        WHERE goal.back ? f.name AND f.differs{kept}) d"""
        )
        return f"{_INSERT} ch.record_id, {operation}, d.before, d.after {source} ORDER BY ch.id"

    def _goal(self) -> str:
        """A record that leaves the trash was put there by nobody, also if history does not say so."""
        if not is_trashable(self.model) or not any(c.name == '"deleted_by"' for c in self.columns):
            return "ch.before"
        leaves = "ch.before -> 'deleted_at' = 'null'"
        return f"CASE WHEN {leaves} THEN ch.before || '{{\"deleted_by\": null}}' ELSE ch.before END"

    def changed_last_first(self) -> str:
        """(record) of those that change, in the order that takes back the set's own."""
        return f"""
SELECT h.record_id FROM history_change h WHERE {_UNDOING} AND h.operation IN {_CHANGES} ORDER BY h.id DESC"""

    def apply_changes(self, *, of_one: bool = False) -> str:
        """The records follow the undoing set; of_one: only the one in the parameter record."""
        one = " AND h.record_id = %(record)s" if of_one else ""
        sets = "".join(
            f"{c.column} = CASE WHEN h.after ? {c.key} THEN {c.typed('v')} ELSE c.{c.column} END, "
            for c in self.columns
        )
        return f"""
UPDATE {self.table} c
   SET {sets}version = c.version + 1, updated_at = statement_timestamp(), updated_by_id = %(member)s
  FROM history_change h CROSS JOIN {record_row("h.after", "v", self.columns)}
 WHERE {_UNDOING} AND h.operation IN {_CHANGES} AND c.tenant_id = %(tenant)s AND c.id = h.record_id{one}"""

    # --- Records that were created ---

    def grown_since(self) -> str:
        """(record, field, now, wrote, null, total): what was changed since in created records."""
        values = ", ".join(f"({c.key}, {c.as_json()}, {_differs(c, 'wrote')})" for c in self.columns)
        return f"""
SELECT ch.record_id, f.name, f.now, ch.after -> f.name, NULL::jsonb, count(*) OVER ()
  {self._created()} CROSS JOIN LATERAL (VALUES {values}) AS f (name, now, differs)
 WHERE {_UNDONE} AND ch.operation = 'create' AND f.differs ORDER BY ch.id, f.name LIMIT {SHOWN}"""

    def write_deletions(self, *, overwrite: bool) -> str:
        """Those of the created records that are there, as they are now."""
        values = ", ".join(f"({c.key}, {c.as_json()}, {c.holds_something()})" for c in self.columns)
        same = " AND ".join(f"NOT ({_differs(c, 'wrote')})" for c in self.columns)
        kept = "" if overwrite else f" AND {same}"
        bookkeeping = (
            "jsonb_build_object('created_at', c.created_at, 'created_by', c.created_by_id,"
            " 'version', c.version)"
        )
        filled = f"""(SELECT coalesce(jsonb_object_agg(f.name, f.now), '{{}}')
            FROM (VALUES {values}) AS f (name, now, is_held) WHERE f.is_held)"""
        return f"""{_INSERT} ch.record_id, 'delete', {filled} || {bookkeeping}, '{{}}'
  {self._created()} WHERE {_UNDONE} AND ch.operation = 'create'{kept} ORDER BY ch.id"""

    def _created(self) -> str:
        wrote = record_row("ch.after", "wrote", self.columns)
        return f"FROM history_change ch JOIN {self.record} CROSS JOIN {wrote}"

    def apply_deletions(self) -> list[str]:
        """Remove what the undoing set says is removed, after the parts that keep no history of their own."""
        return [
            f"""
DELETE FROM {table} c USING history_change h
 WHERE {_UNDOING} AND h.operation = 'delete' AND c.tenant_id = %(tenant)s AND c.{column} = h.record_id"""
            for table, column in [*untold_parts(self.model), (self.table, "id")]
        ]

    # --- Records that were deleted for good ---

    def there_again(self) -> str:
        """(record, total) of those that are there again."""
        return f"""
SELECT ch.record_id, count(*) OVER () FROM history_change ch JOIN {self.record}
 WHERE {_UNDONE} AND ch.operation = 'delete' ORDER BY ch.id LIMIT {SHOWN}"""

    def write_creations(self) -> str:
        """Those that are not there, as they were."""
        return f"""{_INSERT} ch.record_id, 'create', '{{}}', ch.before
  FROM history_change ch LEFT JOIN {self.record}
 WHERE {_UNDONE} AND ch.operation = 'delete' AND c.id IS NULL ORDER BY ch.id"""

    def apply_creations(self) -> str:
        """Insert them under their ids, made when and by whom they were made; one version more."""
        fields = list(kept_fields(self.model))
        names = "".join(f", {c.column}" for c in self.columns)
        values = "".join(f", {_or_default(c, field)}" for c, field in zip(self.columns, fields, strict=True))
        shape = [*self.columns, _CREATED_AT, _CREATED_BY, _VERSION]
        return f"""
INSERT INTO {self.table} (tenant_id, id, created_at, created_by_id, updated_by_id, version{names})
SELECT %(tenant)s, h.record_id, coalesce(v.created_at, made.at, now()), coalesce(v.created_by, made.by),
       %(member)s, coalesce(v.version, 1) + 1{values}
  FROM history_change h CROSS JOIN {record_row("h.after", "v", shape)}
  LEFT JOIN LATERAL ({_MADE}) AS made ON v.created_at IS NULL
 WHERE {_UNDOING} AND h.operation = 'create' ORDER BY h.id"""


_CREATED_AT = Column("'created_at'", "created_at", "created_at", "timestamptz", None, is_decimal=False)
_CREATED_BY = Column("'created_by'", "created_by", "created_by_id", "uuid", None, is_decimal=False)
_VERSION = Column("'version'", "version", "version", "bigint", None, is_decimal=False)
# When and by whom, of a deletion that does not say so itself.
_MADE = """SELECT s.created_at AS at, s.actor_id AS by
      FROM history_change o
      JOIN history_change_set s ON s.tenant_id = %(tenant)s AND s.id = o.change_set_id
     WHERE o.tenant_id = %(tenant)s AND o.record_id = h.record_id AND o.entity = %(entity)s
       AND o.operation = 'create' ORDER BY o.id LIMIT 1"""


def _differs(column: Column, side: str) -> str:
    return f"c.{column.column} IS DISTINCT FROM {column.typed(side)}"


def _is_changed(column: Column) -> str:
    return f"({_differs(column, 'wrote')} AND {_differs(column, 'back')})"


def _or_default(column: Column, field: "Field[Any, Any]") -> str:
    """What an absent field was: empty; for a field that came later than the deletion, its default."""
    if empty_of(field) is not NO_EMPTY or not field.has_default():
        return column.typed("v")
    default = field.get_default()
    if not isinstance(default, int | dict | list):
        return column.typed("v")
    return f"coalesce(v.{column.name}, '{json.dumps(default)}')"
