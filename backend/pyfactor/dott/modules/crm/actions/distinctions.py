"""That two customers are not one: said once, it holds whatever becomes of the two.

All run inside the caller's transaction and tenant.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from dott.modules.crm.models import Customer, Distinction
from dott.platform.history.actor import Actor
from dott.platform.history.bulk import write_many
from dott.platform.history.record import Entry
from dott.platform.history.tracked import create_record, deletion_of


def tell_apart(*, actor: Actor, one: Customer, other: Customer) -> Distinction:
    """Remember that the two are not the same, in whichever order they are named.

    Raises IntegrityError (409 distinction_once) when it is remembered already.
    """
    first, second = sorted((one, other), key=lambda customer: customer.pk)
    reason = f"{one} is not {other}"
    return create_record(Distinction(first=first, second=second), actor=actor, reason=reason)


def move_distinctions(survivor: Customer, losers: Sequence[Customer], *, actor: Actor) -> list[Entry]:
    """Before the losers become part of the survivor: what was said of them holds of it.

    That two of the merged ones are not the same is no longer true; it goes, and comes back with an undo.
    """
    merged = {survivor.pk, *(one.pk for one in losers)}
    said = Distinction.objects.filter(Q(first__in=losers) | Q(second__in=losers))
    known = set(
        Distinction.objects.filter(Q(first=survivor) | Q(second=survivor)).values_list(
            "first_id", "second_id"
        )
    )
    gone: list[Distinction] = []
    moved: list[tuple[Distinction, dict[str, Any]]] = []
    for one in said.select_for_update().order_by("pk"):
        pair = _moved(one, survivor.pk, merged)
        if pair is None or pair in known:
            gone.append(one)
        else:
            known.add(pair)
            moved.append((one, {"first_id": pair[0], "second_id": pair[1]}))
    entries = [deletion_of(one) for one in gone]
    Distinction.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return [*entries, *write_many(moved, actor=actor)]


def said_apart(records: Sequence[Customer]) -> bool:
    """Whether somebody has said of two of these that they are not the same."""
    found: bool = Distinction.objects.filter(first__in=records, second__in=records).exists()
    return found


def _moved(one: Distinction, survivor: UUID, merged: set[UUID]) -> tuple[UUID, UUID] | None:
    """The pair with the survivor in the loser's place; None when both are merged."""
    others = {one.first_id, one.second_id} - merged
    if not others:
        return None
    first, second = sorted((survivor, others.pop()))
    return first, second
