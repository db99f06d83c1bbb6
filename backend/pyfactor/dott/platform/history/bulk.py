"""Changing many records at once: one change set, and as many statements as there are different changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Case, F, Field, Model, Value, When
from django.utils import timezone

from dott.platform.history.actor import Actor
from dott.platform.history.models import Change
from dott.platform.history.record import Entry, record
from dott.platform.history.snapshot import BOOKKEEPING, as_json
from dott.platform.history.tracked import entity_of
from dott.platform.history.trash import schedule_purge
from dott.platform.tenancy.models import TrackedModel
from dott.platform.tenancy.visibility import check_changed

# Ids that one statement names.
_BATCH = 5_000

Values = Mapping[str, Any]
Column: TypeAlias = "Field[Any, Any]"


@dataclass(frozen=True, slots=True)
class Changed:
    """How many records differ now, and the change set that says how; None when none does."""

    count: int
    change_set_id: UUID | None


def change_many(
    changes: Sequence[tuple[TrackedModel, Values]],
    *,
    actor: Actor,
    operation: str = Change.Operation.UPDATE,
    reason: str = "",
    own: str = "",
) -> Changed:
    """Set fields of records of one model: version + 1 each, one change set; what does not differ stays.

    changes: records, each locked by the caller and named once, with field name → Python value. Records that
    get the same values are written by one statement. own: a field of which each has a value of its own, which
    makes no statement of its own. The instances are not changed and out of date after it. Runs inside the
    caller's transaction. Raises IntegrityError (409) where a constraint stands against it, and OutOfSight
    where the acting member would not see a record any more.
    """
    entries = write_many(changes, actor=actor, operation=operation, own=own)
    if not entries:
        return Changed(0, None)
    if operation == Change.Operation.TRASH:
        schedule_purge()
    return Changed(len(entries), record(changes=entries, reason=reason, actor_id=actor.membership_id))


def write_many(
    changes: Sequence[tuple[TrackedModel, Values]],
    *,
    actor: Actor,
    operation: str = Change.Operation.UPDATE,
    own: str = "",
) -> list[Entry]:
    """As change_many, for a caller who records what this returns together with more of the same action."""
    entries: list[Entry] = []
    alike: dict[str, tuple[dict[str, Any], list[UUID]]] = {}
    apart: dict[UUID, Any] = {}
    for instance, values in changes:
        old, new = _difference(instance, values)
        if not new:
            continue
        check_changed(instance, {column.attname: value for column, value in new.items()})
        written = {column.attname: value for column, value in new.items() if column.name != own}
        if own in values:
            apart[instance.pk] = values[own]
        # By their text, for a value may be a list or an object.
        alike.setdefault(repr(written), (written, []))[1].append(instance.pk)
        entity, version = entity_of(instance), instance.version + 1
        entries.append(Entry(entity, instance.pk, operation, _kept(old), _kept(new), version))
    for written, ids in alike.values():
        model = type(changes[0][0])
        _write(model, ids, {**written, **_apart(model, own, apart, ids)}, actor)
    return entries


def _difference(instance: TrackedModel, values: Values) -> tuple[dict[Column, Any], dict[Column, Any]]:
    """Column → value, before and after, where they differ."""
    old, new = {}, {}
    for name, value in values.items():
        column = _column(type(instance), name)
        before, after = getattr(instance, column.attname), value.pk if isinstance(value, Model) else value
        if before != after:
            old[column], new[column] = before, after
    return old, new


def _kept(values: Mapping[Column, Any]) -> dict[str, Any]:
    """As history keeps them: by field name, without bookkeeping."""
    kept = {column.name: value for column, value in values.items() if column.name not in BOOKKEEPING}
    # Most are JSON values already, and ten thousand are many to convert.
    is_plain = all(value is None or isinstance(value, str | bool | int) for value in kept.values())
    return kept if is_plain else as_json(kept)


def _apart(model: type[TrackedModel], own: str, apart: Mapping[UUID, Any], ids: Sequence[UUID]) -> Values:
    """What each record has for itself, as one expression."""
    cases = [When(pk=id_, then=Value(apart[id_])) for id_ in ids if id_ in apart]
    return {own: Case(*cases, default=F(own), output_field=_column(model, own))} if cases else {}


def _write(model: type[TrackedModel], ids: Sequence[UUID], values: Values, actor: Actor) -> None:
    for some in _batches(ids):
        model._base_manager.filter(pk__in=some).update(
            **values,
            version=F("version") + 1,
            updated_at=timezone.now(),
            updated_by_id=actor.membership_id,
        )


def _batches(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


@cache
def _column(model: type[TrackedModel], name: str) -> Column:
    """The column of a field; a reference may be named as owner and as owner_id."""
    for column in model._meta.concrete_fields:
        if name in (column.name, column.attname):
            return column
    raise FieldDoesNotExist(f"{name} is no column of {model.__name__}")
