"""Creating, changing and removing a tracked record together with its history.

Actions call these and add their own rules; no other code writes a tracked model row by row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import connections
from django.db.models import Field, IntegerField
from django.utils import timezone

from dott.platform.history.actor import Actor
from dott.platform.history.insert import Insertion, insertion_of, placeholder
from dott.platform.history.models import Change
from dott.platform.history.record import Entry, Recording, record
from dott.platform.history.snapshot import (
    KEPT_BY_DELETION,
    Values,
    as_json,
    diff,
    filled,
    kept_fields,
    snapshot,
)
from dott.platform.tenancy.context import current
from dott.platform.tenancy.direct import Query, execute
from dott.platform.tenancy.models import TrackedModel
from dott.platform.tenancy.visibility import check_changed, condition_on, settle_new

Record = TypeVar("Record", bound=TrackedModel)

_UPDATE = (
    'UPDATE {table} SET {set_to} WHERE {table}."tenant_id" = %s AND {table}."id" = %s'
    ' AND {table}."version" = %s AND {in_sight} RETURNING {returned}'
)


# In place of the id of a record that is made in the same statement.
_NOT_YET = UUID(int=0)


class StaleRecord(Exception):
    """Somebody else changed or removed the record after it was read; nothing was written.

    version: the record's version now, None when it is gone.
    """

    def __init__(self, version: int | None) -> None:
        super().__init__("The record was changed by somebody else in the meantime.")
        self.version = version


def entity_of(model: type[TrackedModel] | TrackedModel) -> str:
    """The name under which history keeps a model's records, such as crm.customer."""
    return model._meta.label_lower


def create_record(instance: Record, *, actor: Actor, reason: str = "") -> Record:
    """Insert a new record and one change set. One round trip; two where the database makes more of it than
    its id and numbers, for history keeps what it makes.

    Values that the database makes (id, number, generated columns) are set on the instance. Raises OutOfSight
    for a record that the acting member would not see herself; one that is nobody's becomes hers then.
    """
    settle_new(instance)
    instance.created_by_id = instance.updated_by_id = actor.membership_id
    insertion = insertion_of(instance)
    if insertion is None:
        instance.save(force_insert=True, using=current().alias)
    elif (numbers := _numbers_of(insertion)) is None:
        ((row,),) = execute(current().alias, insertion.query)
        insertion.written(row)
    else:
        _create(insertion, numbers, reason, actor)
        return instance
    record(changes=[creation_of(instance)], reason=reason, actor_id=actor.membership_id)
    return instance


def _create(insertion: Insertion, numbers: Sequence[str], reason: str, actor: Actor) -> None:
    """The record and its change set in one statement. numbers: fields whose values history has from there."""
    instance = cast(TrackedModel, insertion.instance)
    model = type(instance)
    known = {field.name for field in kept_fields(model)} - {*numbers}
    after = filled(model, snapshot(instance, known))
    unknown = Entry(entity_of(instance), _NOT_YET, Change.Operation.CREATE, after=after)
    recording = Recording(changes=[unknown], reason=reason, actor_id=actor.membership_id)
    ((row,),) = execute(current().alias, recording.query(insertion.query, insertion.returned, numbers))
    insertion.written(recording.of_change(row))
    recording.changes = [replace(unknown, record_id=instance.pk, version=instance.version)]
    recording.written(row)


def _numbers_of(insertion: Insertion) -> list[str] | None:
    """The fields that history keeps and the database makes; None where they are not only whole numbers, which
    PostgreSQL and Python write alike."""
    kept = {field.name for field in kept_fields(type(insertion.instance))}
    made = [field for field in insertion.made if field.name in kept]
    if not all(isinstance(field, IntegerField) and field.name == field.column for field in made):
        return None
    return [field.name for field in made]


def creation_of(instance: TrackedModel) -> Entry:
    """The history entry of a record that has just been inserted."""
    after = filled(type(instance), snapshot(instance))
    return Entry(
        entity_of(instance), instance.pk, Change.Operation.CREATE, after=after, version=instance.version
    )


def deletion_of(instance: TrackedModel) -> Entry:
    """The history entry of a record that is being removed for good."""
    bookkeeping = [field for field in instance._meta.concrete_fields if field.name in KEPT_BY_DELETION]
    kept = {field.name: getattr(instance, field.attname) for field in bookkeeping}
    before = filled(type(instance), snapshot(instance)) | as_json(kept)
    return Entry(entity_of(instance), instance.pk, Change.Operation.DELETE, before=before)


def change_record(
    instance: Record,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    operation: str = Change.Operation.UPDATE,
    reason: str = "",
    also: Sequence[Entry] = (),
) -> Record:
    """Set the fields on the record: version + 1 and one change set, one round trip; one or two more for a
    move to the trash, whose purge is put off.

    values: field name → Python value. When nothing differs, nothing is written and the version stays.
    also: what was done to other records for the same reason, as part of the same set.
    Raises StaleRecord when the row no longer has the version that the instance was read with, and OutOfSight
    when the acting member would not see it any more; the instance must not be used after that.
    """
    old, new = _set(instance, values)
    if not new:
        return instance
    check_changed(instance)
    read_version = instance.version
    instance.touch().updated_by_id = actor.membership_id
    update = _Update(instance, read_version, {*new, *values, "version", "updated_at", "updated_by"})
    change = Entry(entity_of(instance), instance.pk, operation, old, new, instance.version)
    recording = Recording(changes=[change, *also], reason=reason, actor_id=actor.membership_id)
    (rows,) = execute(current().alias, recording.query(update.query, update.returned))
    update.written(recording.written(row) for row in rows)
    return instance


def trashing_of(instance: TrackedModel, *, actor: Actor) -> Entry:
    """Put a record into the trash as part of somebody else's change set, and return its entry for that.

    Raises StaleRecord as change_record does.
    """
    before, read_version = snapshot(instance), instance.version
    instance.deleted_at, instance.deleted_by_id = timezone.now(), actor.membership_id  # type: ignore[attr-defined]  # a Trashable
    old, new = diff(before, snapshot(instance))
    instance.touch().updated_by_id = actor.membership_id
    names = {*new, "deleted_at", "deleted_by", "version", "updated_at", "updated_by"}
    _update(instance, read_version, names)
    return Entry(entity_of(instance), instance.pk, Change.Operation.TRASH, old, new, instance.version)


def change_records(
    changes: Sequence[tuple[TrackedModel, Mapping[str, Any]]], *, actor: Actor, reason: str = ""
) -> int:
    """Set fields on several records in one change set: one statement each, in the order given, and one for
    the history. Returns how many differed; without any, nothing is written.

    For a handful, such as a list that is put in another order. Raises StaleRecord as change_record.
    """
    entries = []
    for instance, values in changes:
        old, new = _set(instance, values)
        if new:
            check_changed(instance)
            read_version = instance.version
            instance.touch().updated_by_id = actor.membership_id
            _update(instance, read_version, {*new, *values, "version", "updated_at", "updated_by"})
            operation = Change.Operation.UPDATE
            entries.append(Entry(entity_of(instance), instance.pk, operation, old, new, instance.version))
    if entries:
        record(changes=entries, reason=reason, actor_id=actor.membership_id)
    return len(entries)


def _set(instance: TrackedModel, values: Mapping[str, Any]) -> tuple[Values, Values]:
    """Set the fields; what of them differs, before and after. What is not named is not looked at."""
    names = {cast("Field[Any, Any]", instance._meta.get_field(name)).name for name in values}
    before = snapshot(instance, names)
    for name, value in values.items():
        setattr(instance, name, value)
    return diff(before, snapshot(instance, names))


class _Update:
    """UPDATE … WHERE version = read_version RETURNING the generated columns.

    Django's save() can do neither: it would overwrite a newer version, and it leaves generated
    columns as they were, or reads them again at the price of a round trip.
    """

    def __init__(self, instance: TrackedModel, read_version: int, names: set[str]) -> None:
        self.instance, context = instance, current()
        connection, model = connections[context.alias], type(instance)
        fields = _named(model, frozenset(names))
        values = [field.get_db_prep_save(getattr(instance, field.attname), connection) for field in fields]
        table = f'"{model._meta.db_table}"'
        # Django's own compiler writes the same for a tenth of what a change costs.
        sql = _UPDATE.format(
            table=table,
            set_to=", ".join(f'"{field.column}" = {placeholder(field, connection)}' for field in fields),
            in_sight=condition_on(model, table),
            returned=", ".join(f'"{column}"' for column in _returned(model)),
        )
        params = [*values, context.tenant_id, instance.pk, read_version]
        self.query = Query(sql, params, is_prepared=context.sees is None)

    @property
    def returned(self) -> str:
        """Its columns, as a part of another statement."""
        return ", ".join(f'the_change."{column}"' for column in _returned(type(self.instance)))

    def written(self, rows: Iterable[Sequence[Any]]) -> None:
        """Take over what the database has made. Raises StaleRecord where no row was met."""
        row = next(iter(rows), None)
        if row is None:
            raise StaleRecord(_version_of(type(self.instance), self.instance.pk))
        for field, value in zip(_generated(type(self.instance)), row[1:], strict=True):
            setattr(self.instance, field.attname, value)


def _update(instance: TrackedModel, read_version: int, names: set[str]) -> None:
    update = _Update(instance, read_version, names)
    (rows,) = execute(current().alias, update.query)
    update.written(rows)


@lru_cache(maxsize=1000)
def _named(model: type[TrackedModel], names: frozenset[str]) -> "list[Field[Any, Any]]":
    """A relation may be named twice, as owner and as owner_id."""
    fields = (cast("Field[Any, Any]", model._meta.get_field(name)) for name in sorted(names))
    return list(dict.fromkeys(fields))


@cache
def _generated(model: type[TrackedModel]) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if field.generated]


@cache
def _returned(model: type[TrackedModel]) -> list[str]:
    return [str(field.column) for field in (model._meta.pk, *_generated(model)) if field is not None]


def _version_of(model: type[TrackedModel], record_id: UUID) -> int | None:
    version: int | None = model._base_manager.filter(pk=record_id).values_list("version", flat=True).first()
    return version
