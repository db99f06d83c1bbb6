"""The records that are a person, and everything that hangs on them: in the tables, and in history alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import CASCADE, ForeignKey, Model
from django.db.models.deletion import Collector, ProtectedError, RestrictedError

from dott.platform.history.entities import model_of, name_field, tracked_models
from dott.platform.history.models import Change
from dott.platform.privacy import held
from dott.platform.privacy.find import run
from dott.platform.privacy.patterns import Subject
from dott.platform.tenancy.context import current

FILE_KEY = "file_key"
Key = tuple[str, UUID]


class NotAPerson(Exception):
    """The record is of a kind that nobody is (400). entity: its name."""

    def __init__(self, entity: str) -> None:
        super().__init__(entity)
        self.entity = entity


class NoSuchRecord(Exception):
    """Neither a table nor history knows the record (400)."""


class Protected(Exception):
    """Other records refer to it and cannot do without (409)."""


@dataclass(slots=True)
class Belongings:
    """Everything of the chosen records. rows: by model, those that are there, parents among them.

    gone: ids that only history knows. released: rows of others that lose a reference. file_keys: of stored
    files.
    """

    collector: Collector
    chosen: list[Any]
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)
    gone: set[UUID] = field(default_factory=set)
    file_keys: set[UUID] = field(default_factory=set)

    @property
    def ids(self) -> set[UUID]:
        """Of all, gone or not."""
        return self.gone | {row.pk for rows in self.rows.values() for row in rows}

    def has(self, model: type[Model]) -> list[UUID]:
        """The ids of those of one model."""
        return [row.pk for row in self.rows.get(model, ())]


def belongings(keys: Collection[Key]) -> Belongings:
    """Locks the chosen records, and finds what hangs on them.

    Raises NotAPerson, NoSuchRecord, and Protected.
    """
    collector = Collector(using=current().alias)
    found = Belongings(collector, [])
    for entity in sorted({entity for entity, _ in keys}):
        model = model_of(entity)
        if model is None or model not in held.people():
            raise NotAPerson(entity)
        wanted = {id_ for label, id_ in keys if label == entity}
        rows = list(model._base_manager.filter(pk__in=wanted).select_for_update(of=("self",)).order_by("pk"))
        found.gone |= wanted - {row.pk for row in rows}
        found.chosen += rows
        try:
            collector.collect(rows)
        except (ProtectedError, RestrictedError) as error:
            raise Protected from error
    known = Change.objects.filter(record_id__in=found.gone).values_list("record_id", flat=True)
    if found.gone - set(known):
        raise NoSuchRecord
    for instances in [*collector.data.values(), *collector.fast_deletes]:
        for row in instances:
            found.rows.setdefault(type(row), []).append(row)
    found.gone |= _hung_once(found.ids)
    found.file_keys = _file_keys(found)
    return found


def _hung_once(ids: set[UUID]) -> set[UUID]:
    """What history alone knows to have hung on them: a deleted activity, and the file at it."""
    gone: set[UUID] = set()
    newest = ids
    while newest:
        found: set[UUID] = set()
        for model in tracked_models():
            found |= _gone_children(model, newest)
        newest = found - ids - gone
        gone |= newest
    return gone


def _gone_children(model: type[Model], ids: Collection[UUID]) -> set[UUID]:
    parents = [
        one.name
        for one in model._meta.concrete_fields
        if isinstance(one, ForeignKey) and one.remote_field.on_delete is CASCADE
    ]
    if not parents:
        return set()
    wanted = [str(id_) for id_ in ids]
    sides = [f"r.{side} ->> '{name}' = ANY (%s)" for name in parents for side in ("before", "after")]
    rows = run(
        "SELECT DISTINCT r.record_id FROM history_change r WHERE r.tenant_id = %s AND r.entity = %s"  # noqa: S608  (names of the model)
        f" AND ({' OR '.join(sides)}) AND NOT EXISTS (SELECT FROM {model._meta.db_table} t"
        " WHERE t.tenant_id = %s AND t.id = r.record_id)",
        [current().tenant_id, model._meta.label_lower, *[wanted] * len(sides), current().tenant_id],
    )
    return {id_ for (id_,) in rows}


def _file_keys(found: Belongings) -> set[UUID]:
    keys = {getattr(row, FILE_KEY) for rows in found.rows.values() for row in rows if hasattr(row, FILE_KEY)}
    rows = run(
        "SELECT DISTINCT coalesce(r.before ->> 'file_key', r.after ->> 'file_key') FROM history_change r"
        " WHERE r.tenant_id = %s AND r.record_id = ANY (%s)",
        [current().tenant_id, list(found.ids)],
    )
    return keys | {UUID(key) for (key,) in rows if key}


def known_by(keys: Collection[Key]) -> Subject:
    """By what the chosen records are, and were, known: addresses, numbers, names."""
    known = Subject()
    for model in held.people():
        entity = model._meta.label_lower
        ids = [id_ for label, id_ in keys if label == entity]
        values: list[dict[str, Any]] = list(
            model._base_manager.filter(pk__in=ids).values(*_names(model, ("email", "phone", "name")))
        )
        for before, after in Change.objects.filter(record_id__in=ids).values_list("before", "after"):
            values += [before, after]
        known = known.merged(_subject(model, values))
    return known


def _subject(model: type[Model], values: Sequence[dict[str, Any]]) -> Subject:
    return Subject(
        tuple(_distinct(model, values, "email")),
        tuple(_distinct(model, values, "phone")),
        tuple(dict.fromkeys(name for one in values for name in _whole_names(model, one) if name)),
    )


def _whole_names(model: type[Model], values: dict[str, Any]) -> Iterable[str]:
    """What is a name only together, as one; what is one by itself alone."""
    together = held.whole_name(model)
    parts = [str(values.get(name) or "") for name in together]
    yield " ".join(part for part in parts if part)
    for name in _names(model, ("name",)):
        if name not in together:
            yield str(values.get(name) or "")


def _distinct(model: type[Model], values: Sequence[dict[str, Any]], kind: str) -> Iterable[str]:
    names = _names(model, (kind,))
    return dict.fromkeys(str(one[name]) for one in values for name in names if one.get(name))


def _names(model: type[Model], kinds: tuple[str, ...]) -> list[str]:
    return [one.name for one in held.fields_of(model, frozenset(kinds)) if not one.generated]


def called(row: Any) -> str:
    """What people call a record."""
    named = name_field(type(row))
    return str(getattr(row, named.attname)) if named is not None else ""


def confirmation_of(keys: Collection[Key], subject: Subject) -> str:
    """What has to be typed before she is erased: her name as her first record has it, else what she is
    known by."""
    for entity, id_ in keys:
        model = model_of(entity)
        row = model._base_manager.filter(pk=id_).first() if model in held.people() and model else None
        if row is not None and called(row):
            return called(row)
    known = [*subject.emails, *subject.names, *subject.phones]
    return known[0] if known else "erase"
