"""Who sees and who undoes which change: nobody more than the records' own routes let him.

A record's history is read by whoever may read the record. An undo takes the standing that changing such a
record takes, by the role table; a member undoes only what he did himself. A model that no route serves is
part of another one, whose set it is changed in.
"""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import URLPattern, URLResolver, get_resolver

from dott.platform.history.entities import personal_entities
from dott.platform.history.models import Change, ChangeSet
from dott.platform.identity import roles
from dott.platform.tenancy.context import current
from dott.platform.tenancy.fields import CurrentTenant

_READS = ("list", "retrieve")
_WRITES = ("create", "update", "partial_update", "destroy")


class Standing(NamedTuple):
    """The least role that reads such records, and the least that may do everything to them."""

    read: str
    change: str


_PART_OF_ANOTHER = Standing(roles.VIEWER, roles.MEMBER)


def may_undo(change_set: ChangeSet, entities: Collection[str]) -> bool:
    """Whether the acting member's role and authorship suffice, and she sees all that was changed."""
    context = current()
    if getattr(change_set, "has_unseen", False):
        return False
    own = change_set.actor_id == context.membership_id
    if not roles.suffices(context.role, roles.MEMBER if own else roles.ADMIN):
        return False
    return all(roles.suffices(context.role, standing_for(entity).change) for entity in entities)


def standing_for(entity: str) -> Standing:
    """What the routes of the entity's model ask for."""
    return _standings().get(entity, _PART_OF_ANOTHER)


def visible(sets: QuerySet[Any]) -> QuerySet[Any]:
    """The change sets that the acting member may see, whole or not at all."""
    context = current()
    hidden = [
        entity for entity, least in _standings().items() if not roles.suffices(context.role, least.read)
    ]
    if hidden:
        sets = sets.filter(~_touches(hidden))
    if not roles.suffices(context.role, roles.ADMIN):
        # What is not one's own of who signed in and who was given what.
        sets = sets.filter(Q(actor_id=context.membership_id) | ~Q(kind=ChangeSet.Kind.SECURITY))
    if personal := personal_entities():
        sets = sets.filter(Q(actor_id=context.membership_id) | ~_touches(personal))
    if context.sees is not None:
        sets = sets.annotate(has_unseen=_holds_unseen())
    return sets


def _holds_unseen() -> Exists:
    """Of a set: whether it changed records, too, that the member does not see."""
    every: QuerySet[Any] = QuerySet(Change).filter(tenant_id=CurrentTenant(), change_set=OuterRef("pk"))
    seen = Change.objects.filter(change_set=OuterRef(OuterRef("pk")))
    return Exists(every.exclude(pk__in=seen.values("pk")))


def _touches(entities: Collection[str]) -> Exists:
    return Exists(Change.objects.filter(change_set=OuterRef("pk"), entity__in=entities))


@cache
def _standings() -> dict[str, Standing]:
    """By entity, from the URL map and the role table; of two routes the one that asks for less."""
    found: dict[str, Standing] = {}
    for name, view, actions in _resources(get_resolver().url_patterns):
        entity = view.queryset.model._meta.label_lower
        known = found.get(entity, Standing(roles.OWNER, roles.OWNER))
        read = _least(name, actions, _READS)
        change = _least(name, actions, _WRITES)
        found[entity] = Standing(
            min(known.read, read[-1], key=_rank) if read else known.read,
            min(known.change, change[-1], key=_rank) if change else known.change,
        )
    return found


def _least(name: str, actions: dict[str, str], wanted: tuple[str, ...]) -> list[str]:
    """What the wanted actions of a route ask for, the highest last."""
    asked = (
        roles.minimum(name, method.upper(), action) for method, action in actions.items() if action in wanted
    )
    return sorted((least for least in asked if least is not None), key=_rank)


def _rank(standing: str) -> int:
    return roles.STANDINGS.index(standing)


def _resources(patterns: list[Any]) -> Iterator[tuple[str, Any, dict[str, str]]]:
    """(route name, viewset, method → action) of every viewset that has a model."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _resources(entry.url_patterns)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "cls", None)
            actions = getattr(entry.callback, "actions", None)
            if actions and getattr(view, "queryset", None) is not None:
                yield entry.name or "", view, actions
