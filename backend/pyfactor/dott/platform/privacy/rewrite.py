"""Taking what names a person out of the texts of records that stay."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import CharField, Field, JSONField, Model

from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.record import Entry
from dott.platform.privacy import held
from dott.platform.privacy.find import as_text, conditions, run, searched_fields
from dott.platform.privacy.parts import found_in_files, gone_whole, removers
from dott.platform.privacy.patterns import Patterns
from dott.platform.tenancy.context import current
from dott.platform.tenancy.fields import tenant_field
from dott.platform.tenancy.models import TrackedModel

TEXT = frozenset({"text"})
_WHO = held.SEARCHED - TEXT


@dataclass(slots=True)
class Rewritten:
    """rewritten: entity → rows that lost words; handed: entity → things that their module removed.

    left: entity → rows of others that hold the same name, address or number. entries: for the change set.
    file_keys: of files that are to go.
    """

    rewritten: dict[str, int] = field(default_factory=dict)
    handed: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    file_keys: set[UUID] = field(default_factory=set)


def rewrite(patterns: Patterns, erased: Collection[UUID]) -> Rewritten:
    """Take `patterns.erased` out of every text of the business but history's, which only the database may."""
    done = Rewritten()
    in_files = found_in_files(patterns.erased)
    for model in held.personal_models():
        entity = model._meta.label_lower
        if model in (Change, ChangeSet):
            continue
        if entity in removers():
            _hand_over(model, patterns, done, in_files.get(entity, ()))
        elif may_be_written(model):
            _rewrite_texts(model, patterns, done)
        if count := _count_left(model, patterns, erased):
            done.left[entity] = count
    for entity, removed in gone_whole().items():
        done.handed[entity] = removed.count
        done.file_keys |= removed.file_keys
    return done


def may_be_written(model: type[Model]) -> bool:
    """Whether the application may change the table's rows."""
    field_ = tenant_field(model)
    return field_ is not None and "UPDATE" in field_.grants


def kept_fields() -> str:
    """{"crm.customer": ["email", …]} as JSON: what others' records keep in history, as they do themselves."""
    return json.dumps(
        {
            model._meta.label_lower: [
                one.name for one in held.fields_of(model, held.IDENTITY) if not one.generated
            ]
            for model in held.models()
            if held.fields_of(model, held.IDENTITY)
        }
    )


def _hand_over(model: type[Model], patterns: Patterns, done: Rewritten, more: Collection[UUID]) -> None:
    entity = model._meta.label_lower
    either = [f"{as_text(one)} ~* %s" for one in searched_fields(model, TEXT)]
    rows = []
    if patterns.erased:
        rows = run(
            f"SELECT r.id FROM {model._meta.db_table} r WHERE r.tenant_id = %s AND ({' OR '.join(either)})",  # noqa: S608  (names of the model)
            [current().tenant_id, *[patterns.erased] * len(either)],
        )
    if ids := {id_ for (id_,) in rows} | {*more}:
        removed = removers()[entity](ids)
        done.handed[entity] = removed.count
        done.file_keys |= removed.file_keys


def _rewrite_texts(model: type[Model], patterns: Patterns, done: Rewritten) -> None:
    fields = [one for one in searched_fields(model, TEXT) if not one.generated]
    if not fields or not patterns.erased:
        return
    entity, is_tracked = model._meta.label_lower, issubclass(model, TrackedModel)
    sets = [f'"{one.column}" = {_scrubbed(one)}' for one in fields]
    values: list[Any] = [patterns.erased] * len(fields)
    if is_tracked:
        sets += ["version = r.version + 1", "updated_at = now()", "updated_by_id = %s"]
        values.append(current().membership_id)
    either = " OR ".join(f"{as_text(one)} ~* %s" for one in fields)
    returned = "r.id, r.version" if is_tracked else "r.id, NULL"
    rows = run(
        f"UPDATE {model._meta.db_table} r SET {', '.join(sets)} WHERE r.tenant_id = %s AND ({either})"  # noqa: S608  (names of the model)
        f" RETURNING {returned}",
        [*values, current().tenant_id, *[patterns.erased] * len(fields)],
    )
    if rows:
        done.rewritten[entity] = len(rows)
    if is_tracked:
        # Without values: history would remember what has just been forgotten.
        done.entries += [Entry(entity, id_, "update", version=version) for id_, version in rows]


def _scrubbed(one: "Field[Any, Any]") -> str:
    column = f'r."{one.column}"'
    if isinstance(one, JSONField):
        return f"app.scrub_json({column}, %s)"
    scrubbed = f"app.scrub_text({column}, %s)"
    # A match may be shorter than what stands in its place.
    return (
        f"left({scrubbed}, {one.max_length})" if isinstance(one, CharField) and one.max_length else scrubbed
    )


def _count_left(model: type[Model], patterns: Patterns, erased: Collection[UUID]) -> int:
    listed = conditions(model, patterns, _WHO)
    if not listed:
        return 0
    either = " OR ".join(sql for _, sql, _ in listed)
    rows = run(
        f"SELECT count(*) FROM {model._meta.db_table} r"  # noqa: S608  (names of the model)
        f" WHERE r.tenant_id = %s AND r.id <> ALL (%s) AND ({either})",
        [current().tenant_id, list(erased), *[pattern for _, _, pattern in listed]],
    )
    return int(rows[0][0])


def redact_history(erasure_id: UUID, ids: Collection[UUID], pattern: str) -> tuple[int, int]:
    """app.redact_history: how many changes and how many reasons lost values."""
    with connections[current().alias].cursor() as cursor:
        cursor.execute(
            "SELECT changes, reasons FROM app.redact_history(%s, %s, %s, %s::jsonb)",
            [erasure_id, list(ids), pattern, kept_fields()],
        )
        changes, reasons = cursor.fetchone()
    return int(changes), int(reasons)
