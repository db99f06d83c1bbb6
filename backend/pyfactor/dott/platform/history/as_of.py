"""A record as it was at an instant: as it is now, with everything taken back that came later."""

from copy import copy
from datetime import datetime
from typing import Any, TypeVar

from dott.platform.history.generated import generated_fields, generated_values
from dott.platform.history.models import Change
from dott.platform.history.snapshot import NO_EMPTY, Values, empty_of, kept_fields, snapshot
from dott.platform.history.tracked import entity_of
from dott.platform.tenancy.models import TrackedModel

Record = TypeVar("Record", bound=TrackedModel)


class HistoryErased(Exception):
    """What the record held before was erased from history; how it was cannot be told any more (409)."""


_CREATES, _DELETES = Change.Operation.CREATE, Change.Operation.DELETE


def as_of(record: Record, instant: datetime) -> Record | None:
    """A copy of the record as the last change set of that instant or before left it; None while it was
    not there. The copy must not be saved. Two round trips, one when it is as it was.

    Raises HistoryErased when a step back to that instant is one whose values were taken out.
    version is counted back, updated_at and updated_by are those of that last set.
    """
    changes = Change.objects.filter(entity=entity_of(record), record_id=record.pk).order_by("-id")
    steps = changes.values_list(
        "operation", "before", "change_set__created_at", "change_set__actor_id", "redacted_at"
    )
    values: Values | None = snapshot(record)
    version = record.version
    last: tuple[datetime, Any] | None = None
    oldest: str | None = None
    newborn: tuple[Values | None, int, str | None] | None = None
    for operation, before, at, actor, redacted_at in steps:
        if at <= instant:
            last = at, actor
            break
        if redacted_at is not None:
            raise HistoryErased
        newborn = (values, version, oldest) if operation == _CREATES else None
        values = None if operation == _CREATES else {**(values or {}), **_before(record, operation, before)}
        version -= 1
        oldest = operation
    if newborn is not None and last is None and record.created_at <= instant:
        # It is there from its own time on, a moment before the set that tells of it was written.
        values, version, oldest = newborn
        last = record.created_at, record.created_by_id
    if values is None or (last is None and record.created_at > instant):
        return None
    return record if oldest is None else _past(record, values, version, last)


def _before(record: TrackedModel, operation: str, before: Values) -> Values:
    """What a step back sets; a deletion kept all that held something."""
    if operation != _DELETES:
        return before
    empty = {field.name: empty_of(field) for field in kept_fields(type(record))}
    return {name: value for name, value in empty.items() if value is not NO_EMPTY} | before


def _past(record: Record, values: Values, version: int, last: tuple[datetime, Any] | None) -> Record:
    past, model = copy(record), type(record)
    # The copy's own: relations are cached here, and must not be forgotten for the record itself.
    past._state = copy(record._state)
    past._state.fields_cache = dict(record._state.fields_cache)
    for field in kept_fields(model):
        if field.name in values:
            setattr(past, field.attname, field.to_python(values[field.name]))
    past.version = max(version, 1)
    past.updated_at, past.updated_by_id = last or (record.created_at, record.created_by_id)
    shown = [field for field in generated_fields(model) if field.attname not in record.get_deferred_fields()]
    for field, value in zip(
        shown, generated_values(model, {record.pk: values}, shown)[record.pk], strict=True
    ):
        setattr(past, field.attname, value)
    return past
