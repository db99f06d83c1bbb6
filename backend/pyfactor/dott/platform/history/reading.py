"""Change sets and changes as people read them: with names instead of ids. A fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    ForeignKey,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import JSONObject

from dott.platform.history.entities import model_of
from dott.platform.history.labels import names_of, record_names
from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.snapshot import BOOKKEEPING

# So many of a set's records are named in the log.
NAMED = 3


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one change. before_name, after_name: what a referred record is called, else ""."""

    field: str
    before: Any
    after: Any
    before_name: str = ""
    after_name: str = ""


def summarised(sets: QuerySet[Any]) -> QuerySet[Any]:
    """Adds to each set, in the same query: summary (entity, operation, count), first (its first changes),
    is_set_erased, undone_by_id, and version, which is 2 for a set that was undone."""
    changes = Change.objects.filter(change_set=OuterRef("pk"))
    summary = (
        changes.order_by("entity", "operation")
        .values("entity", "operation")
        .annotate(number=Count("id"))
        .values(json=JSONObject(entity="entity", operation="operation", count="number"))
    )
    first = changes.order_by("entity", "record_id").values(
        json=JSONObject(id="id", entity="entity", record_id="record_id", operation="operation")
    )[:NAMED]
    annotated: QuerySet[Any] = sets.annotate(
        summary=ArraySubquery(summary),
        first=ArraySubquery(first),
        is_set_erased=Exists(changes.filter(redacted_at__isnull=False)),
        undone_by_id=Subquery(ChangeSet.objects.filter(undoes=OuterRef("pk")).values("pk")[:1]),
    ).annotate(
        version=Case(
            When(undone_by_id__isnull=False, then=Value(2)), default=Value(1), output_field=IntegerField()
        )
    )
    return annotated


def name_first_records(sets: Sequence[Any]) -> None:
    """Gives each summarised set its `records`: entity, record_id, operation and name of the first few."""
    changes = {
        (change["entity"], UUID(change["record_id"])): change["id"] for one in sets for change in one.first
    }
    names = record_names({key: {} for key in changes})
    if gone := [change_id for key, change_id in changes.items() if key not in names]:
        # What they held is not read for those that are there: it may be long.
        named = Change.objects.filter(pk__in=gone)
        names |= record_names({(one.entity, one.record_id): one.before | one.after for one in named})
    for one in sets:
        one.records = [
            {
                "entity": change["entity"],
                "record_id": UUID(change["record_id"]),
                "operation": change["operation"],
                "name": names.get((change["entity"], UUID(change["record_id"])), ""),
            }
            for change in one.first
        ]


def with_undoing_set(changes: QuerySet[Any]) -> QuerySet[Any]:
    """Adds undone_by_id and is_set_erased, of the change's set, in the same query."""
    undoing = ChangeSet.objects.filter(undoes=OuterRef("change_set_id")).values("pk")[:1]
    erased = Change.objects.filter(change_set=OuterRef("change_set_id"), redacted_at__isnull=False)
    annotated: QuerySet[Any] = changes.annotate(undone_by_id=Subquery(undoing), is_set_erased=Exists(erased))
    return annotated


def describe(changes: Sequence[Any]) -> None:
    """Gives each change its `fields`, a list of FieldChange in the order of the model."""
    names = _reference_names(changes)
    for change in changes:
        references = _references(change.entity)
        change.fields = [
            FieldChange(
                name,
                change.before.get(name),
                change.after.get(name),
                _name_of(names, references.get(name), change.before.get(name)),
                _name_of(names, references.get(name), change.after.get(name)),
            )
            for name in _shown_fields(change)
        ]


def name_records(changes: Sequence[Any]) -> None:
    """Gives each change its `record_name`."""
    known = {(change.entity, change.record_id): change.before | change.after for change in changes}
    names = record_names(known)
    for change in changes:
        change.record_name = names.get((change.entity, change.record_id), "")


def _shown_fields(change: Change) -> list[str]:
    """Fields of the model in its order, then what the model has no more. Bookkeeping is the set's own."""
    model = model_of(change.entity)
    held = {**change.before, **change.after}.keys() - BOOKKEEPING
    ordered = [field.name for field in model._meta.concrete_fields if field.name in held] if model else []
    return [*ordered, *sorted(held - set(ordered))]


def _references(entity: str) -> dict[str, Any]:
    """Field → the model it refers to."""
    model = model_of(entity)
    if model is None:
        return {}
    return {
        field.name: field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
    }


def _reference_names(changes: Iterable[Change]) -> dict[Any, dict[UUID, str]]:
    wanted: dict[Any, set[UUID]] = {}
    for change in changes:
        for name, model in _references(change.entity).items():
            for side in (change.before, change.after):
                if side.get(name):
                    wanted.setdefault(model, set()).add(UUID(str(side[name])))
    return {model: names_of(model, ids) for model, ids in wanted.items()}


def _name_of(names: dict[Any, dict[UUID, str]], model: Any, value: Any) -> str:
    if model is None or not value:
        return ""
    return names.get(model, {}).get(UUID(str(value)), "")
