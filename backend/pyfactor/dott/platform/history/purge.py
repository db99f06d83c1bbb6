"""After 30 days, or as the business has set, what lies in the trash is removed for good, with what belongs to
it, and history says so.

What other records refer to and cannot do without (PROTECT) stays in the trash and is looked at again.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import connections
from django.db.models import F, Min, ProtectedError, QuerySet, RestrictedError
from django.db.models.deletion import Collector
from django.utils import timezone

from dott.platform.history.entities import is_trashable, parents_first, tracked_models
from dott.platform.history.models import Change
from dott.platform.history.record import Entry, record
from dott.platform.history.snapshot import as_json
from dott.platform.history.tracked import deletion_of, entity_of
from dott.platform.history.trash import KIND, kept
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import job, put_off
from dott.platform.tenancy.context import current
from dott.platform.tenancy.models import TrackedModel

REASON = "Purged from the trash"
_BATCH = 500
_AGAIN = timedelta(days=1)


@job(KIND)
def purge_when_due(background: Job) -> None:
    """The job that a move to the trash put off; it puts off the next while something is left there."""
    purge_trash(now=timezone.now())
    oldest = min((at for model in _trashable() if (at := _oldest(model)) is not None), default=None)
    if oldest is not None:
        # Not NotYet, which would roll back what was purged.
        put_off(KIND, max(oldest + kept(), timezone.now() + _AGAIN))


def purge_trash(*, now: datetime) -> int:
    """Remove what was trashed in the active business so long before `now` or earlier; returns how many
    records, those that went along included."""
    _execute("SET LOCAL statement_timeout = '10min'")
    purged, until = 0, now - kept()
    for model in reversed(parents_first(_trashable())):
        staying: set[UUID] = set()
        while batch := _due(model, until, staying):
            for records in _separable(batch):
                purged += _remove(records)
            staying |= {one.pk for one in batch}
    return purged


def _execute(sql: str) -> None:
    with connections[current().alias].cursor() as cursor:
        cursor.execute(sql)


def _trashable() -> list[type[TrackedModel]]:
    return [model for model in tracked_models() if is_trashable(model)]


def _oldest(model: type[TrackedModel]) -> datetime | None:
    records: QuerySet[Any] = model._base_manager.all()
    found: datetime | None = records.aggregate(at=Min("deleted_at"))["at"]
    return found


def _due(model: type[TrackedModel], until: datetime, kept: Collection[UUID]) -> list[TrackedModel]:
    """The next ones, locked."""
    records: QuerySet[Any] = model._base_manager.exclude(pk__in=kept)
    due = records.filter(deleted_at__lte=until)
    return list(due.select_for_update(of=("self",)).order_by("id")[:_BATCH])


def _separable(batch: Sequence[TrackedModel]) -> Iterator[Sequence[TrackedModel]]:
    """The batch as a whole; one by one when something in it is protected."""
    try:
        _collected(batch)
        yield batch
    except (ProtectedError, RestrictedError):
        for one in batch:
            yield [one]


def _collected(records: Sequence[TrackedModel]) -> Collector:
    collector = Collector(using=current().alias)
    collector.collect(records)
    return collector


def _remove(records: Sequence[TrackedModel]) -> int:
    try:
        collector = _collected(records)
    except (ProtectedError, RestrictedError):
        return 0
    entries = _entries(collector)
    released = _released(collector)
    # Django orders no deletions across a reference that may be null, and keys are checked at once.
    _execute("SET CONSTRAINTS ALL DEFERRED")
    collector.delete()
    _execute("SET CONSTRAINTS ALL IMMEDIATE")
    for model, ids in released.items():
        model._base_manager.filter(pk__in=ids).update(version=F("version") + 1, updated_at=timezone.now())
    record(
        changes=list(entries.values()),
        operation_kind="system",
        reason=REASON,
        actor_id=current().membership_id,
    )
    return sum(entry.operation == Change.Operation.DELETE for entry in entries.values())


def _entries(collector: Collector) -> dict[tuple[str, UUID], Entry]:
    """What history is told: each record that goes, each that loses its reference to one."""
    entries: dict[tuple[str, UUID], Entry] = {}
    going: list[Any] = [one for instances in collector.data.values() for one in instances]
    going += [one for fast in collector.fast_deletes for one in fast]
    for one in going:
        if isinstance(one, TrackedModel):
            entries[entity_of(one), one.pk] = deletion_of(one)
    for field, value, one in _updates(collector):
        key = entity_of(one), one.pk
        before, after = as_json({field.name: getattr(one, field.attname)}), as_json({field.name: value})
        known = entries.get(key, Entry(*key, Change.Operation.UPDATE))
        if known.operation == Change.Operation.UPDATE:
            entries[key] = Entry(*key, known.operation, known.before | before, known.after | after)
    return entries


def _released(collector: Collector) -> dict[type[TrackedModel], set[UUID]]:
    """The records that stay and lose a reference."""
    found: dict[type[TrackedModel], set[UUID]] = {}
    for _, _, one in _updates(collector):
        found.setdefault(type(one), set()).add(one.pk)
    return found


def _updates(collector: Collector) -> Iterator[tuple[Any, Any, TrackedModel]]:
    updates = cast("dict[tuple[Any, Any], list[Any]]", collector.field_updates)
    for (field, value), groups in updates.items():
        for group in groups:
            for one in group:
                if isinstance(one, TrackedModel):
                    yield field, value, one
