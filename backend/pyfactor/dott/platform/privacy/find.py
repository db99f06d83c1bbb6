"""Where a person stands in a business, in every table that the data map calls personal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import BinaryField, CharField, EmailField, Field, Model, TextField

from dott.platform.history.entities import model_of
from dott.platform.history.labels import names_of, record_names
from dott.platform.history.models import Change
from dott.platform.privacy import held
from dott.platform.privacy.parts import found_in_files
from dott.platform.privacy.patterns import Patterns
from dott.platform.tenancy.context import current

# So many of each table are shown; all are counted.
SHOWN = 50
TIMEOUT = "SET LOCAL statement_timeout = '60s'"


@dataclass(frozen=True, slots=True)
class Hit:
    """A row in which she stands. entity, record_id: of history rows, the record's. is_gone: only history
    has it.

    is_person: whether the row may be she herself. fields: where she stands.
    """

    entity: str
    record_id: UUID
    label: str
    fields: list[str]
    is_person: bool = False
    is_gone: bool = False


@dataclass(slots=True)
class Found:
    """What was found in one table. count: of all; hits: the first of them."""

    entity: str
    count: int = 0
    hits: list[Hit] = field(default_factory=list)


def find(patterns: Patterns) -> list[Found]:
    """Every table in which she stands. One query for each table of the map, and one for names."""
    run(TIMEOUT)
    found = [_in_table(model, patterns) for model in held.personal_models() if model is not Change]
    found.append(_in_history(patterns))
    for label, ids in found_in_files(patterns.of("text")).items():
        _add_files(found, label, ids)
    return [table for table in found if table.count]


def run(sql: str, params: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
    """A statement of the active business: its rows, none when it returns none."""
    with connections[current().alias].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def searched_fields(model: type[Model], kinds: frozenset[str] = held.SEARCHED) -> "list[Field[Any, Any]]":
    """Of those kinds and as they are stored; of what the database makes of them only the names."""
    return [
        one for one in held.fields_of(model, kinds) if not one.generated or held.kind_of(model, one) == "name"
    ]


def as_text(one: "Field[Any, Any]") -> str:
    """The column as text, whatever its type."""
    column = f'r."{one.column}"'
    if isinstance(one, BinaryField):
        return f"convert_from({column}, 'UTF8')"
    return column if isinstance(one, CharField | EmailField | TextField) else f"{column}::text"


def conditions(
    model: type[Model], patterns: Patterns, kinds: frozenset[str] = held.SEARCHED
) -> list[tuple[str, str, str]]:
    """(field, SQL condition, expression) of each field in which she could stand."""
    listed = [(one, patterns.of(str(held.kind_of(model, one)))) for one in searched_fields(model, kinds)]
    return [(one.name, f"{as_text(one)} ~* %s", pattern) for one, pattern in listed if pattern]


def _in_table(model: type[Model], patterns: Patterns) -> Found:
    entity = model._meta.label_lower
    listed = conditions(model, patterns)
    if not listed:
        return Found(entity)
    cases = ", ".join(f"CASE WHEN {sql} THEN '{name}' END" for name, sql, _ in listed)
    either = " OR ".join(sql for _, sql, _ in listed)
    values = [pattern for _, _, pattern in listed]
    rows = run(
        f"SELECT r.id, array_remove(ARRAY[{cases}], NULL), count(*) OVER () FROM {model._meta.db_table} r"  # noqa: S608  (names of the model)
        f" WHERE r.tenant_id = %s AND ({either}) ORDER BY r.id LIMIT {SHOWN}",
        [*values, current().tenant_id, *values],
    )
    names = names_of(model, [row[0] for row in rows]) if rows else {}
    is_person = model in held.people()
    hits = [Hit(entity, id_, names.get(id_, ""), fields, is_person) for id_, fields, _ in rows]
    return Found(entity, rows[0][2] if rows else 0, hits)


def _in_history(patterns: Patterns) -> Found:
    """By record: what its rows held, its name put together of its parts."""
    entity = Change._meta.label_lower
    condition, values = history_condition(patterns)
    if not condition:
        return Found(entity)
    rows = run(
        "SELECT r.entity, r.record_id, count(*) OVER () FROM history_change r"  # noqa: S608  (own conditions)
        f" WHERE r.tenant_id = %s AND ({condition}) GROUP BY r.entity, r.record_id"
        f" ORDER BY r.entity, r.record_id LIMIT {SHOWN}",
        [current().tenant_id, *values],
    )
    names = record_names({(label, id_): {} for label, id_, _ in rows})
    there = _there([(label, id_) for label, id_, _ in rows])
    people = {model._meta.label_lower for model in held.people()}
    hits = [
        Hit(label, id_, names.get((label, id_), ""), [], label in people, (label, id_) not in there)
        for label, id_, _ in rows
    ]
    return Found(entity, rows[0][2] if rows else 0, hits)


def history_condition(patterns: Patterns) -> tuple[str, list[Any]]:
    """SQL and its values: whether a row of history, as r, names her."""
    pattern = patterns.of("text")
    if not pattern:
        return "", []
    parts, values = ["r.before::text ~* %s", "r.after::text ~* %s"], [pattern, pattern]
    if patterns.name:
        for model in held.people():
            for side in ("before", "after"):
                whole = ", ".join(f"r.{side} ->> '{name}'" for name in held.whole_name(model))
                parts.append(f"r.entity = %s AND concat_ws(' ', {whole}) ~* %s")
                values += [model._meta.label_lower, patterns.name]
    return " OR ".join(parts), values


def _there(keys: Sequence[tuple[str, UUID]]) -> set[tuple[str, UUID]]:
    found: set[tuple[str, UUID]] = set()
    for entity in {label for label, _ in keys}:
        model = model_of(entity)
        if model is not None:
            ids = [id_ for label, id_ in keys if label == entity]
            found |= {
                (entity, id_) for id_ in model._base_manager.filter(pk__in=ids).values_list("pk", flat=True)
            }
    return found


def _add_files(found: list[Found], label: str, ids: Collection[UUID]) -> None:
    table = next((one for one in found if one.entity == label), None)
    if table is None:
        table = Found(label)
        found.append(table)
    known = {hit.record_id for hit in table.hits}
    new = [id_ for id_ in ids if id_ not in known]
    table.count += len(new)
    table.hits += [Hit(label, id_, "", ["file_key"]) for id_ in new[: max(SHOWN - len(table.hits), 0)]]
