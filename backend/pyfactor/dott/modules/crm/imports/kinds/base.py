"""What an import has to know of the records it makes: their fields, keys, rules and the SQL they differ in.

Everything here becomes text of statements. Names come from these files and from fields.py, never from a
request. Aliases: c is a record, r a staged row, found a row that is judged (verdict.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from django.db.models import ForeignObjectRel

from dott.modules.crm.imports.fields import OWN, OWN_PREFIX, TAGS, Field
from dott.platform.tenancy.models import TrackedModel
from dott.platform.tenancy.visibility import condition_on

ROWS = "r.tenant_id = %(tenant)s AND r.import_job_id = %(import)s"
# How a JSON text becomes a column, where that is not text.
CASTS = {
    "amount": "numeric", "boolean": "boolean", "date": "date", "instant": "timestamptz", "link": "uuid",
    "owner": "uuid", "percent": "smallint",
}  # fmt: skip
_REFERENCES = frozenset({"link", "owner"})


def issue_literal(code: str, field: str | None, detail: str) -> str:
    """An Issue without a column, as a jsonb literal."""
    body = json.dumps({"column": None, "field": field, "code": code, "detail": detail})
    return "'" + body.replace("'", "''").replace("%", "%%") + "'::jsonb"


class Key(NamedTuple):
    """How a record and a row are compared. record: a stored column that leads an index; row: SQL on
    {values}. condition: what else is true of the record. fields: what the file must have, if not the key's
    own field. narrow: true of every record that any row of `given` means, where record leads no index."""

    record: str
    row: str
    condition: str = ""
    fields: tuple[str, ...] = ()
    narrow: str = ""


class RowRule(NamedTuple):
    """A rule between fields of a record that is given as jsonb m.j: what breaks it."""

    code: str
    field: str
    sentence: str
    broken: str


class Reference(NamedTuple):
    """A field that names another record, which must still be there when the import is applied."""

    field: str
    table: str
    condition: str = ""


class Kind:
    """One kind of record. The methods give SQL; what they say here is true of most kinds.

    text: the field that keeps what has no field of its own. keys: strongest first. series: of running
    numbers, "" without. derived: columns that follow from others and are no targets. swept: (table, column)
    of rows that go with a record that a revert removes; other rows that refer to it keep it. written: tables
    besides its own that an import fills.
    """

    name: str
    noun: str
    model: type[TrackedModel]
    series: str = ""
    fields: Mapping[str, Field]
    text: str = "notes"
    keys: Mapping[str, Key]
    rules: tuple[RowRule, ...]
    rule_fields: tuple[str, ...]
    defaults: Mapping[str, str] = {}
    derived: Mapping[str, Field] = {}
    virtual: frozenset[str] = frozenset()
    reaches: Mapping[str, frozenset[str]] = {}
    references: tuple[Reference, ...] = ()
    swept: tuple[tuple[str, str], ...] = ()
    written: tuple[str, ...] = ()
    synonyms: Mapping[str, str]
    own_export: frozenset[str]
    own_export_fields: Mapping[str, str | None]
    # Of the own export, keys that would find somebody else's record in another business.
    doubtful_keys: frozenset[str] = frozenset()

    @cached_property
    def table(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def entity(self) -> str:
        """The name under which history keeps the records."""
        return self.model._meta.label_lower

    @cached_property
    def columns(self) -> dict[str, Field]:
        """Every field that is a column of the table."""
        own = {name: field for name, field in self.fields.items() if not self._is_virtual(field)}
        return own | dict(self.derived)

    @cached_property
    def dependents(self) -> list[tuple[str, str]]:
        """(table, column) of whatever may refer to a record, except what is swept."""
        found = [
            (relation.field.model._meta.db_table, str(relation.field.column))
            for relation in self.model._meta.get_fields(include_hidden=True)
            if isinstance(relation, ForeignObjectRel)
        ]
        # Who takes a tag off or puts one on changes the record itself.
        return sorted(set(found) - {*self.swept, self.tag_links})

    @cached_property
    def tag_links(self) -> tuple[str, str]:
        """(table, column) of the link rows of the records' tags."""
        return f"{self.table}_tag", f"{self.name}_id"

    def _is_virtual(self, field: Field) -> bool:
        return field.name in self.virtual or bool(field.gives) or field.kind in ("contact_name", "record_id")

    def column(self, field: str) -> str:
        """The database column of a field: owner is stored as owner_id."""
        is_plain = field in (OWN, TAGS) or self.columns[field].kind not in _REFERENCES
        return field if is_plain else f"{field}_id"

    def from_json(self, field: str, source: str) -> str:
        """SQL that reads the field from a jsonb expression, giving the column's empty value when absent."""
        if field == OWN:
            return f"coalesce({source}->'{OWN}', '{{}}')"
        kind = self.columns[field].kind
        text = f"{source}->>'{field}'"
        if kind == "boolean":
            return f"coalesce(({text})::boolean, false)"
        if kind in CASTS:
            return f"({text})::{CASTS[kind]}"
        return f"coalesce({text}, '{self.defaults.get(kind, '')}')"

    def given(self, field: str, side: str) -> str:
        """SQL: one side's value of a changed field. A JSON null (an owner that was empty) stays null."""
        if field == OWN:
            return f"(r.{side}->'{OWN}')"
        if field == TAGS:
            return f"""array(SELECT t.tag::uuid
                  FROM jsonb_array_elements_text(r.{side}->'{TAGS}') WITH ORDINALITY AS t (tag, place)
                 ORDER BY t.place)"""
        return f"(r.{side}->>'{field}')::{CASTS.get(self.columns[field].kind, 'text')}"

    def as_json(self, fields: Iterable[str], alias: str) -> str:
        """SQL that gives the fields of a record as one jsonb object, keyed by field name."""
        pairs = ", ".join(f"'{field}', {self._json_value(field, alias)}" for field in fields)
        return f"jsonb_build_object({pairs})"

    def _json_value(self, field: str, alias: str) -> str:
        if field not in (OWN, TAGS) and field not in self.columns:
            return "NULL::text"
        is_amount = field not in (OWN, TAGS) and self.columns[field].kind == "amount"
        return f"{alias}.{self.column(field)}" + ("::text" if is_amount else "")

    def fields_set_by(self, mapped: Iterable[str | None]) -> list[str]:
        """The fields that columns mapped to these targets can set, in a fixed order.

        Some targets give more than themselves: a phone may end in phone_raw, phone_extension or the notes.
        """
        reached: set[str] = set()
        for target in mapped:
            if target and target.startswith(OWN_PREFIX):
                reached.add(OWN)
            elif target:
                reached |= {self.fields[target].gives or target, *self.reaches.get(target, ())}
        return [field for field in (*self.settable, OWN) if field in reached]

    @cached_property
    def settable(self) -> tuple[str, ...]:
        """What a row may set: the columns, and what belongs to records beside it."""
        return tuple(self.columns)

    def is_mapped(self, key: str, targets: Iterable[str | None]) -> bool:
        """Whether columns with these targets give what the key compares."""
        given = {self.fields[name].gives or name for name in targets if name and name in self.fields}
        return given >= set(self.keys[key].fields or (key,))

    def row_key(self, key: str, values: str) -> str:
        """SQL: the key of a row. values: jsonb expression."""
        return self.keys[key].row.format(values=values)

    def has_key(self, key: str, values: str) -> str:
        """SQL condition: the row has what the key compares."""
        return " AND ".join(f"{values} ? '{field}'" for field in self.keys[key].fields or (key,))

    def same_key(self, key: str, record: str, value: str, *, seen: bool = True) -> str:
        """SQL condition: a record in use has this key. record: alias. value: what to compare with.

        seen: among those that the acting member sees."""
        given = self.keys[key].record.format(c=record)
        sight = f" AND {condition_on(self.model, record)}" if seen else ""
        return (
            f"{record}.tenant_id = %(tenant)s AND {record}.deleted_at IS NULL AND {self._is_filled(given)}"
            f"{given} = {value}{self.keys[key].condition.format(c=record)}{sight}"
        )

    def _is_filled(self, given: str) -> str:
        return "" if given.endswith(".id") else f"{given} <> '' AND "

    def created(self, values: str) -> str:
        """SQL: the new record that a row's values make, as jsonb with every field that is not empty."""
        return values

    def new_values(self, fields: Sequence[str]) -> str:
        """SQL: what the row gives record c. Lines of long text that are not there yet are added below."""
        if OWN not in fields:
            return self._with_text(fields)
        # Fields that the row does not name keep their values.
        own = f"jsonb_build_object('{OWN}', c.custom || (found.v->'{OWN}'))"
        return f"({self._with_text(fields)}) || CASE WHEN found.v ? '{OWN}' THEN {own} ELSE '{{}}' END"

    def _with_text(self, fields: Sequence[str]) -> str:
        if self.text not in fields:
            return "found.v"
        text = self.text
        return rf"""CASE WHEN c.{text} = '' OR NOT found.v ? '{text}' THEN found.v
                WHEN position(E'\n' || (found.v->>'{text}') || E'\n' IN E'\n' || c.{text} || E'\n') > 0
                THEN found.v - '{text}'
                ELSE jsonb_set(found.v, '{{{text}}}', to_jsonb(concat_ws(E'\n', c.{text}, (
                    SELECT string_agg(entry.line, E'\n' ORDER BY entry.place)
                      FROM unnest(string_to_array(found.v->>'{text}', E'\n'))
                           WITH ORDINALITY AS entry (line, place)
                     WHERE entry.line <> ALL (string_to_array(c.{text}, E'\n'))))))
           END"""

    def beside(self) -> tuple[str, str]:
        """(CTEs, joins) that new_values() needs besides found and c; each CTE ends in a comma."""
        return "", ""

    def own_part(self, side: str) -> str:
        """SQL: of one side of a comparison what is in the record itself."""
        return side

    def insert_sql(self, fields: Sequence[str]) -> str:
        """New records under their rows' ids, numbered in the order of the file, with the tags %(tags)s."""
        columns = "".join(f", {self.column(field)}" for field in fields if field in (*self.columns, OWN))
        values = "".join(
            ", " + self.from_json(field, "r.v") for field in fields if field in (*self.columns, OWN)
        )
        number = ", number" if self.series else ""
        counted = ", %(first_number)s + row_number() OVER (ORDER BY r.line) - 1" if self.series else ""
        return f"""
INSERT INTO {self.table} (tenant_id, id{number}, created_by_id, updated_by_id, tags{columns})
SELECT %(tenant)s, r.id{counted}, %(member)s, %(member)s, %(tags)s::uuid[]{values}
  FROM (SELECT r.id, r.line, {self.created('r."values"')} AS v
          FROM crm_import_row r WHERE {ROWS} AND r.action = 'create' OFFSET 0) r
 ORDER BY r.line"""

    def created_fields(self) -> str:
        """SQL: what history keeps of new record c of row r: the fields that hold something."""
        number = " || jsonb_build_object('number', c.number)" if self.series else ""
        return f"""(SELECT coalesce(jsonb_object_agg(held.key, held.value), '{{}}')
           FROM jsonb_each({self.as_json([*self.columns, OWN, TAGS], "c")}{number}) AS held
          WHERE held.value NOT IN ('null', '""', '{{}}', '[]', 'false'))"""

    def write_beside(self) -> Iterable[str]:
        """Statements after the records are written: rows of other tables, and their history."""
        return ()

    def revert_beside(self) -> Iterable[str]:
        """Statements before the records go back. Rows that are kept have conflicts."""
        return ()

    def changed_beside(self) -> str:
        """SQL condition on row r: something that the import wrote beside the record was changed since."""
        return "false"
