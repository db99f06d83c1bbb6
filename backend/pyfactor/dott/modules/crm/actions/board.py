"""Moving deals about the board: where a card comes to lie between two others.

A move holds its target column (the stage's row, against other moves) before it takes any deal, so that two
of them never wait for one another. Ranks of cards that are only spread anew are nobody's change: their
versions stay and history keeps nothing of it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections
from django.db.models import Q

from dott.modules.crm.actions import ranks
from dott.modules.crm.actions.deals import update_deal
from dott.modules.crm.models import Deal, Stage
from dott.platform.history.actor import Actor
from dott.platform.tenancy.context import current, seeing_everything

_SPREAD = """
UPDATE crm_deal AS deal SET rank = place.rank
  FROM unnest(%s::uuid[], %s::text[]) AS place (id, rank)
 WHERE deal.tenant_id = %s AND deal.id = place.id AND deal.rank <> place.rank
"""


class NeighbourGone(Exception):
    """None of the cards that the deals were to be put next to is in the column any more (409)."""


class Place(NamedTuple):
    """Where to put a card: in front of one, behind one, or between two that are neighbours; on top of the
    column when neither is named."""

    before: UUID | None = None
    after: UUID | None = None


def hold_column(stage_id: UUID) -> None:
    """Have every other move into the stage wait until this transaction ends. Deals that refer to the stage
    are not concerned: their foreign keys take a weaker lock."""
    list(Stage.objects.select_for_update(no_key=True).filter(pk=stage_id).values_list("pk"))


def ranks_at(stage: Stage, place: Place, moving: Sequence[UUID]) -> list[str]:
    """The ranks of the place in the held column, one below the other, for the deals `moving`, which may be
    in it already.

    Spreads the column where there is no room left. Raises NeighbourGone.
    """
    # Among all cards of the column: the place is the same for those who see more of it.
    with seeing_everything():
        return _ranks_at(stage, place, moving)


def _ranks_at(stage: Stage, place: Place, moving: Sequence[UUID]) -> list[str]:
    low, high = _bounds(stage, place, moving)
    if _has_room(low, high):
        found = ranks.several(low, high, len(moving))
        if max(map(len, found)) <= ranks.MAX_LENGTH:
            return found
    _spread(stage, moving)
    return ranks.several(*_bounds(stage, place, moving), len(moving))


def move_deal(*, actor: Actor, deal: Deal, stage: Stage, rank: str, values: Mapping[str, Any]) -> Deal:
    """Put a locked deal into a stage at a rank of `ranks_at`. values: lost_reason, lost_note, closed_at.

    Raises DealIsTrashed (409) and StaleRecord (412).
    """
    return update_deal(actor=actor, deal=deal, values={**values, "stage": stage, "rank": rank})


def _bounds(stage: Stage, place: Place, moving: Sequence[UUID]) -> tuple[str | None, str | None]:
    """The ranks between which the cards come to lie.

    Of two neighbours the upper one counts: what somebody else has put between them stays below.
    """
    cards = Deal.objects.in_use().filter(stage=stage.pk).exclude(pk__in=moving)
    if place.before is None and place.after is None:
        return None, cards.order_by("rank", "id").values_list("rank", flat=True).first()
    named = dict(cards.filter(pk__in=[one for one in place if one]).values_list("pk", "rank"))
    if place.after in named:
        rank = named[place.after]
        below = cards.filter(_beyond("gt", rank, place.after)).order_by("rank", "id")
        return rank, below.values_list("rank", flat=True).first()
    if place.before in named:
        rank = named[place.before]
        above = cards.filter(_beyond("lt", rank, place.before)).order_by("-rank", "-id")
        return above.values_list("rank", flat=True).first(), rank
    raise NeighbourGone


def _beyond(side: str, rank: str, id_: UUID | None) -> Q:
    """Cards on one side of a card. The first condition is what the index is entered by."""
    return Q(**{f"rank__{side}e": rank}) & (Q(**{f"rank__{side}": rank}) | Q(**{f"id__{side}": id_}))


def _has_room(low: str | None, high: str | None) -> bool:
    given = [rank for rank in (low, high) if rank is not None]
    return all(map(ranks.is_rank, given)) and (low is None or high is None or low < high)


def _spread(stage: Stage, moving: Sequence[UUID]) -> None:
    """Give the held column short ranks again, in its order; deals are locked in the order of their ids."""
    held = Deal.objects.filter(Q(stage=stage.pk, deleted_at=None) | Q(pk__in=moving))
    list(held.select_for_update(of=("self",)).order_by("id").values_list("pk"))
    column: Sequence[UUID] = (
        Deal.objects.in_use().filter(stage=stage.pk).order_by("rank", "id").values_list("pk", flat=True)
    )
    ids = list(column)
    with connections[current().alias].cursor() as cursor:
        cursor.execute(_SPREAD, [ids, ranks.spread(len(ids)), current().tenant_id])
