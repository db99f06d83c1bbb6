"""Several records that are one: what belongs to the others moves to the survivor, and they go to the trash.

What has to move is read off the model registry: whatever refers to the model with a foreign key. A new table
is moved from its first day on, and tests/test_merging.py fails when it has a unique rule that nobody knows
how to keep. Runs inside the caller's transaction and tenant; one change set, which can be undone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from django.db.models import Q, UniqueConstraint
from django.utils import timezone

from dott.modules.crm.actions.activity_times import refresh_activity_times
from dott.modules.crm.actions.distinctions import Party, distinctions_of, move_distinctions
from dott.modules.crm.actions.tagging import LINKS, MAX_TAGS, follow_tags
from dott.modules.crm.models import Customer
from dott.platform.history.actor import Actor
from dott.platform.history.bulk import write_many
from dott.platform.history.models import Change
from dott.platform.history.record import Entry, record
from dott.platform.history.tracked import deletion_of
from dott.platform.tenancy.context import current, seeing_everything
from dott.platform.tenancy.models import TrackedModel

MAX_MERGED = 5
MAX_MOVED = 20_000


class TooManyToMove(Exception):
    """More than MAX_MOVED records would have to be moved (409)."""


@dataclass(frozen=True, slots=True)
class Child:
    """A table whose rows refer to the merged model. name: as in `deals`, `contact_links`."""

    model: type[TrackedModel]
    field: str
    name: str


@dataclass(slots=True)
class Merged:
    """What became of it. moved: rows by child name; dropped: those that the survivor had already.

    change_set_id: None where nothing was written.
    """

    survivor: Any
    moved: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    change_set_id: UUID | None = None


def children_of(model: type[TrackedModel]) -> list[Child]:
    """Every table with a reference to the model, apart from its tags' link rows, which follow the tags, from
    what has a way of its own to be moved, and from what is only worked out (it has no history)."""
    others = (LINKS[model][0], distinctions_of(model))
    return [
        Child(
            relation.related_model,
            relation.field.name,
            str(relation.get_accessor_name()),
        )
        for relation in model._meta.related_objects
        if relation.related_model not in others and issubclass(relation.related_model, TrackedModel)
    ]


def merge_records(
    *,
    actor: Actor,
    survivor: TrackedModel,
    losers: Sequence[TrackedModel],
    values: Mapping[str, Any],
) -> Merged:
    """Make the losers part of the survivor. All are locked and none is in the trash.

    values: validated fields that the survivor takes over. Tags are united.
    Raises TooManyToMove (409), and IntegrityError (409) when a unique value is in use elsewhere.
    """
    # What belongs to a loser moves with it, whoever sees it.
    seen = _seen_children(losers) if current().sees is not None else None
    with seeing_everything():
        done = _merge(actor, survivor, losers, values)
    if seen is not None:
        done.moved = {name: count for name in done.moved if (count := min(done.moved[name], seen[name]))}
        done.dropped = {
            name: count for name in done.dropped if (count := min(done.dropped[name], seen[name]))
        }
    return done


def _seen_children(losers: Sequence[TrackedModel]) -> dict[str, int]:
    """How many rows of each kind the acting member sees at the losers: she is told of no more."""
    found: dict[str, int] = {}
    for child in children_of(type(losers[0])):
        rows = child.model._base_manager.filter(**{f"{child.field}__in": losers})
        found[child.name] = found.get(child.name, 0) + rows.count()
    return found


def _merge(
    actor: Actor, survivor: TrackedModel, losers: Sequence[TrackedModel], values: Mapping[str, Any]
) -> Merged:
    model = type(survivor)
    done = Merged(survivor)
    entries: list[Entry] = []
    for child in children_of(model):
        entries += _move(child, survivor, losers, done, actor)
    parties = cast("Sequence[Party]", [survivor, *losers])
    entries += move_distinctions(parties[0], parties[1:], actor=actor)
    gone = {"deleted_at": timezone.now(), "deleted_by_id": actor.membership_id}
    entries += write_many([(one, gone) for one in losers], actor=actor, operation=Change.Operation.TRASH)
    own = {**values, "tags": _united(survivor, losers)}
    entries += write_many([(survivor, own)], actor=actor)
    named = ", ".join(str(one) for one in losers)
    done.change_set_id = record(
        changes=entries, reason=f"Merged {named} into {survivor}", actor_id=actor.membership_id
    )
    follow_tags(model, [survivor.pk])
    _refresh_times(model, [survivor.pk, *(one.pk for one in losers)])
    return done


def inherited(survivor: Any, losers: Sequence[Any], fields: Sequence[str]) -> dict[str, Any]:
    """What the survivor has nothing of and takes from the first loser that has: attribute → value."""
    found: dict[str, Any] = {}
    for name in fields:
        attname = survivor._meta.get_field(name).attname
        if _is_empty(getattr(survivor, attname)):
            held = (getattr(one, attname) for one in losers)
            value = next((value for value in held if not _is_empty(value)), None)
            if value is not None:
                found[name] = value
    return found


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value is False


def _united(survivor: Any, losers: Sequence[Any]) -> list[UUID]:
    tags = dict.fromkeys([*survivor.tags, *(tag for one in losers for tag in one.tags)])
    return list(tags)[:MAX_TAGS]


def _move(
    child: Child, survivor: TrackedModel, losers: Sequence[TrackedModel], done: Merged, actor: Actor
) -> list[Entry]:
    rows = child.model._base_manager.filter(**{f"{child.field}__in": losers})
    moving = list(rows.select_for_update(of=("self",)).order_by("pk")[: MAX_MOVED + 1])
    if len(moving) + sum(done.moved.values()) > MAX_MOVED:
        raise TooManyToMove
    if not moving:
        return []
    taken = _Taken(child, survivor)
    changes, dropped = [], []
    for row in moving:
        values = taken.take(row)
        if values is None:
            dropped.append(row)
        else:
            changes.append((row, values))
    entries = [deletion_of(row) for row in dropped]
    if dropped:
        child.model._base_manager.filter(pk__in=[row.pk for row in dropped]).delete()
        done.dropped[child.name] = done.dropped.get(child.name, 0) + len(dropped)
    if changes:
        done.moved[child.name] = done.moved.get(child.name, 0) + len(changes)
        entries += write_many(changes, actor=actor)
    return entries


class _Taken:
    """The unique values that the survivor's rows of one table have already."""

    def __init__(self, child: Child, survivor: TrackedModel) -> None:
        self.child, self.survivor = child, survivor
        self.rules = list(rules_of(child))
        own = child.model._base_manager.filter(**{child.field: survivor}) if self.rules else ()
        self.keys = [{rule.key_of(row) for row in own if rule.holds_for(row)} for rule in self.rules]

    def take(self, row: TrackedModel) -> dict[str, Any] | None:
        """What the row is to be given; None when the survivor has one like it. The row counts from now on."""
        values: dict[str, Any] = {f"{self.child.field}_id": self.survivor.pk}
        for rule, keys in zip(self.rules, self.keys, strict=True):
            if not rule.holds_for(row):
                continue
            if rule.key_of(row) not in keys:
                continue
            if rule.flag is None:
                return None
            values[rule.flag] = False
        for rule, keys in zip(self.rules, self.keys, strict=True):
            if rule.holds_for(row) and not (rule.flag and values.get(rule.flag) is False):
                keys.add(rule.key_of(row))
        return values


@dataclass(frozen=True, slots=True)
class Rule:
    """A unique rule of a child with its reference in it. others: the attributes that are unique besides.

    flag: where the rule is only for rows whose flag is set; such a row is moved without it.
    """

    others: tuple[str, ...]
    flag: str | None

    def holds_for(self, row: TrackedModel) -> bool:
        """Whether the rule looks at the row."""
        return self.flag is None or bool(getattr(row, self.flag))

    def key_of(self, row: TrackedModel) -> tuple[Any, ...]:
        """What must not come twice."""
        return tuple(getattr(row, name) for name in self.others)


def rules_of(child: Child) -> Iterator[Rule]:
    """The unique rules that moving rows could break. Raises NotImplementedError for one of another shape."""
    for constraint in child.model._meta.constraints:
        if not isinstance(constraint, UniqueConstraint) or child.field not in constraint.fields:
            continue
        others = tuple(
            child.model._meta.get_field(name).attname  # type: ignore[union-attr]  # constraints name columns
            for name in constraint.fields
            if name != child.field
        )
        yield Rule(others, _flag_of(constraint.condition, constraint.name))


def _flag_of(condition: Q | None, name: str) -> str | None:
    if condition is None:
        return None
    match condition.children:
        case [(str() as flag, True)] if not condition.negated and "__" not in flag:
            return flag
    raise NotImplementedError(f"Nobody knows how to keep {name} when rows move to another record.")


def _refresh_times(model: type[TrackedModel], ids: Sequence[UUID]) -> None:
    if model is Customer:
        refresh_activity_times([(pk, None, None) for pk in ids])
    else:
        refresh_activity_times([(None, pk, None) for pk in ids])
