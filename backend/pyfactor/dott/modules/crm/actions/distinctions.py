"""That two records are not one: said once, it holds whatever becomes of the two.

All run inside the caller's transaction and tenant.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from dott.modules.crm.models import Contact, ContactDistinction, Customer, Distinction
from dott.platform.history.actor import Actor
from dott.platform.history.bulk import write_many
from dott.platform.history.record import Entry
from dott.platform.history.tracked import create_record, deletion_of

Party = Customer | Contact
Said = Distinction | ContactDistinction


def distinctions_of(model: type[Any]) -> type[Said]:
    """The model of what is said of two records of that one."""
    return ContactDistinction if model is Contact else Distinction


def tell_apart(*, actor: Actor, one: Party, other: Party) -> Said:
    """Remember that the two are not the same, in whichever order they are named.

    Raises IntegrityError (409 distinction_once, contact_distinction_once) when it is remembered already.
    """
    first, second = sorted((one, other), key=lambda record: record.pk)
    pair: dict[str, Any] = {"first": first, "second": second}
    said = distinctions_of(type(one))(**pair)
    return create_record(said, actor=actor, reason=f"{one} is not {other}")


def move_distinctions(survivor: Party, losers: Sequence[Party], *, actor: Actor) -> list[Entry]:
    """Before the losers become part of the survivor: what was said of them holds of it.

    That two of the merged ones are not the same is no longer true; it goes, and comes back with an undo.
    """
    merged = {survivor.pk, *(one.pk for one in losers)}
    model = distinctions_of(type(survivor))
    said = model.objects.filter(Q(first__in=losers) | Q(second__in=losers))
    known = set(
        model.objects.filter(Q(first=survivor) | Q(second=survivor)).values_list("first_id", "second_id")
    )
    gone: list[Said] = []
    moved: list[tuple[Said, dict[str, Any]]] = []
    for one in said.select_for_update().order_by("pk"):
        pair = _moved(one, survivor.pk, merged)
        if pair is None or pair in known:
            gone.append(one)
        else:
            known.add(pair)
            moved.append((one, {"first_id": pair[0], "second_id": pair[1]}))
    entries = [deletion_of(one) for one in gone]
    model.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return [*entries, *write_many(moved, actor=actor)]


def said_apart(records: Sequence[Party]) -> bool:
    """Whether somebody has said of two of these that they are not the same."""
    model = distinctions_of(type(records[0]))
    found: bool = model.objects.filter(first__in=records, second__in=records).exists()
    return found


def _moved(one: Said, survivor: UUID, merged: set[UUID]) -> tuple[UUID, UUID] | None:
    """The pair with the survivor in the loser's place; None when both are merged."""
    others = {one.first_id, one.second_id} - merged
    if not others:
        return None
    first, second = sorted((survivor, others.pop()))
    return first, second
