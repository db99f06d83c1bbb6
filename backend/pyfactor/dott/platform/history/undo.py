"""Undoing a change set: everything it changed goes back, in one set of its own, which can be undone again.

Updates and moves to and from the trash go back field by field, created records are deleted, deleted ones
come back under their ids. What was changed since the set is a conflict. A handful of statements for each
model, whether the set has one record or ten thousand (undo_sql.py).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from django.db import IntegrityError, connections, transaction

from dott.platform.history.actor import Actor
from dott.platform.history.entities import is_trashable, is_unique, model_of, parents_first, run_follow_ups
from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.record import record
from dott.platform.history.request_id import current_request_id
from dott.platform.history.trash import schedule_purge
from dott.platform.history.undo_sql import SHOWN, UndoSql
from dott.platform.realtime import announce
from dott.platform.realtime.messages import MAX_CHANGES as MAX_ANNOUNCED
from dott.platform.realtime.messages import Changed
from dott.platform.tenancy.context import current
from dott.platform.tenancy.models import TrackedModel

# Larger sets are imports, which are reverted in the background.
MAX_CHANGES = 50_000
# Up to so many records go back one after the other where values are unique.
MAX_ONE_BY_ONE = 100
_TIMEOUT = "SET LOCAL statement_timeout = '60s'"
_CHANGES = ("update", "trash", "restore")

# What happens to fields and records that were changed since: nothing at all is undone, they stay as they
# are, or they go back all the same.
OnConflict = Literal["refuse", "keep", "overwrite"]


class AlreadyUndone(Exception):
    """Another set has undone this one (409)."""


class NothingToUndo(Exception):
    """The set changed no record of a kind that is still kept (409)."""


class TooLarge(Exception):
    """More than MAX_CHANGES records (409)."""


class Erased(Exception):
    """What the set wrote, or took away, was erased from history, so nothing can go back to it (409)."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that the undo would overwrite. values are JSON as history keeps it.

    code: changed (a field has another value since), gone (the record was deleted for good),
    exists (a deleted record is there again). field: "" unless changed. now, wrote, back: the value it
    has, the one that the set gave it, the one it would go back to.
    """

    entity: str
    record_id: UUID
    code: str
    field: str = ""
    now: Any = None
    wrote: Any = None
    back: Any = None


@dataclass(frozen=True, slots=True)
class Conflicts:
    """shown: the first of them, at most SHOWN of each kind; total: how many there are."""

    shown: list[Conflict] = field(default_factory=list)
    total: int = 0


class UndoConflict(Exception):
    """Later changes stand against it; nothing was written (409)."""

    def __init__(self, conflicts: Conflicts) -> None:
        super().__init__(conflicts.total)
        self.conflicts = conflicts


@dataclass(frozen=True, slots=True)
class _Part:
    """What the set did to one model. fields: those of its updates."""

    model: type[TrackedModel]
    operations: frozenset[str]
    fields: list[str]

    @property
    def entity(self) -> str:
        return self.model._meta.label_lower


def find_conflicts(change_set: ChangeSet) -> Conflicts:
    """What an undo would meet. Raises AlreadyUndone, NothingToUndo, Erased and TooLarge as the undo would."""
    return _Undo(change_set, _parts(change_set)).conflicts()


def undo(
    *, change_set: ChangeSet, actor: Actor, on_conflict: OnConflict = "refuse"
) -> tuple[UUID, Conflicts]:
    """Take a change set back; returns the new set's id and the conflicts that were met.

    Raises AlreadyUndone, NothingToUndo, Erased, TooLarge, UndoConflict (also when everything is in conflict
    and stays), and IntegrityError where a unique value was given away or other records refer to one that
    would go.
    """
    run = _Undo(change_set, _parts(change_set))
    run.lock()
    conflicts = run.conflicts()
    if conflicts.total and on_conflict == "refuse":
        raise UndoConflict(conflicts)
    undoing = record(changes=[], undoes=change_set.id, actor_id=actor.membership_id, is_announced=False)
    run.undoing = undoing
    written = run.write(overwrite=on_conflict == "overwrite")
    if conflicts.total and not written:
        raise UndoConflict(conflicts)
    run.apply(actor)
    run_follow_ups([part.entity for part in run.parts], undoing)
    if any(Change.Operation.RESTORE in part.operations for part in run.parts):
        schedule_purge()
    _announce(undoing)
    return undoing, conflicts


def _parts(change_set: ChangeSet) -> list[_Part]:
    """By model, parents first."""
    if ChangeSet.objects.filter(undoes=change_set.id).exists():
        raise AlreadyUndone
    if Change.objects.filter(change_set_id=change_set.id, redacted_at__isnull=False).exists():
        raise Erased
    with connections[current().alias].cursor() as cursor:
        cursor.execute(
            """SELECT entity, array_agg(DISTINCT operation), count(*),
                      array_agg(DISTINCT names) FILTER (WHERE operation IN ('update', 'trash', 'restore'))
                 FROM history_change c,
                      LATERAL (SELECT string_agg(name, ',' ORDER BY name) AS names
                                 FROM jsonb_object_keys(c.after) AS name) AS keys
                WHERE c.tenant_id = %s AND c.change_set_id = %s
                GROUP BY entity""",
            [current().tenant_id, change_set.id],
        )
        rows = cursor.fetchall()
    if sum(count for _, _, count, _ in rows) > MAX_CHANGES:
        raise TooLarge
    parts = {}
    for entity, operations, _, names in rows:
        model = model_of(entity)
        if model is not None:
            fields = {name for group in names or () for name in (group or "").split(",")}
            parts[model] = _Part(model, frozenset(operations), _with_trash(model, fields))
    if not parts:
        raise NothingToUndo
    return [parts[model] for model in parents_first(parts)]


def _with_trash(model: type[TrackedModel], fields: set[str]) -> list[str]:
    """Who trashed a record is forgotten together with when."""
    if "deleted_at" in fields and is_trashable(model):
        fields |= {"deleted_by"}
    return sorted(fields)


class _Undo:
    """The statements for one set, in the caller's transaction."""

    def __init__(self, change_set: ChangeSet, parts: Sequence[_Part]) -> None:
        self.undoing: UUID | None = None
        self.change_set, self.parts = change_set, parts
        self.context = current()
        self.member = self.context.membership_id
        self._run(_TIMEOUT)

    def lock(self) -> None:
        for part in self.parts:
            self._run(UndoSql(part.model).lock(), part)

    def conflicts(self) -> Conflicts:
        found = Conflicts()
        shown, total = found.shown, 0
        for part in self.parts:
            for rows, conflicts in self._conflicts_of(part):
                shown.extend(conflicts)
                total += rows
        return Conflicts(shown[:SHOWN], total)

    def _conflicts_of(self, part: _Part) -> Iterator[tuple[int, list[Conflict]]]:
        """(how many there are, the first of them) for each thing that can stand in the way."""
        statements = []
        if part.operations & {*_CHANGES}:
            some = UndoSql(part.model, part.fields)
            statements += [("gone", some.gone())]
            if some.columns:
                statements += [("changed", some.changed_since())]
        if "create" in part.operations:
            statements += [("changed", UndoSql(part.model).grown_since())]
        if "delete" in part.operations:
            statements += [("exists", UndoSql(part.model).there_again())]
        for code, sql in statements:
            rows = self._run(sql, part, read=True)
            if code == "changed":
                listed = [
                    Conflict(part.entity, row[0], code, row[1], *map(_loaded, row[2:5])) for row in rows
                ]
            else:
                listed = [Conflict(part.entity, row[0], code) for row in rows]
            yield (rows[0][-1] if rows else 0), listed

    def write(self, *, overwrite: bool) -> int:
        """The undoing set's history; returns its number of changes."""
        written = 0
        for part in self.parts:
            if "delete" in part.operations:
                written += self._run(UndoSql(part.model).write_creations(), part)
            if part.operations & {*_CHANGES} and (some := UndoSql(part.model, part.fields)).columns:
                written += self._run(some.write_changes(overwrite=overwrite), part)
            if "create" in part.operations:
                written += self._run(UndoSql(part.model).write_deletions(overwrite=overwrite), part)
        return written

    def apply(self, actor: Actor) -> None:
        """The records follow: parents come before what refers to them and go after it."""
        self.member = actor.membership_id
        for part in self.parts:
            if "delete" in part.operations:
                self._run(UndoSql(part.model).apply_creations(), part)
        try:
            with transaction.atomic(using=self.context.alias):
                self._apply_changes()
                self._apply_deletions()
        except IntegrityError:
            # A record that goes may still hold the value that another one gets back.
            self._apply_deletions()
            self._apply_changes()

    def _apply_changes(self) -> None:
        for part in self.parts:
            some = UndoSql(part.model, part.fields)
            if not (part.operations & {*_CHANGES} and some.columns):
                continue
            ids = []
            if is_unique(part.model, part.fields):
                ids = [row[0] for row in self._run(some.changed_last_first(), part, read=True)]
            if not ids or len(ids) > MAX_ONE_BY_ONE:
                self._run(some.apply_changes(), part)
            else:
                # A unique value that went from one record to another goes back the way it came.
                for record_id in ids:
                    self._run(some.apply_changes(of_one=True), part, record=record_id)

    def _apply_deletions(self) -> None:
        for part in reversed(self.parts):
            if "create" in part.operations:
                for sql in UndoSql(part.model).apply_deletions():
                    self._run(sql, part)

    def _run(
        self, sql: str, part: _Part | None = None, *, read: bool = False, record: UUID | None = None
    ) -> Any:
        """The rows of a query, or how many were written."""
        parameters = {
            "record": record,
            "tenant": self.context.tenant_id,
            "undone": self.change_set.id,
            "undoing": self.undoing,
            "entity": part.entity if part else None,
            "member": self.member,
        }
        with connections[self.context.alias].cursor() as cursor:
            cursor.execute(sql, parameters if part else None)
            return cursor.fetchall() if read else cursor.rowcount


def _announce(undoing: UUID) -> None:
    """Which records changed; of more than a page would look at one by one, that anything may have."""
    changes = Change.objects.filter(change_set_id=undoing).values_list("entity", "record_id", "operation")
    listed = [Changed(*change) for change in changes[: MAX_ANNOUNCED + 1]]
    announce.records_changed(listed if len(listed) <= MAX_ANNOUNCED else [], source=current_request_id())


def _loaded(value: Any) -> Any:
    """A jsonb value as Python reads it. Django leaves it to fields to load jsonb, so it comes as text."""
    return json.loads(value) if isinstance(value, str) else value
