"""Writing deals: each action is one change set. Whatever moves a deal to another stage goes through
`_entering`, which keeps what follows from the stage.

All run inside the caller's transaction and tenant. `values` are validated, by field name; `stage` comes
with its pipeline.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from dott.modules.crm.actions import ranks
from dott.modules.crm.actions.tagging import change_tagged, create_tagged
from dott.modules.crm.models import Deal, DealStageEvent, Stage
from dott.modules.crm.models.pipelines import StageCategory
from dott.platform.history.actor import Actor
from dott.platform.history.bulk import Changed, change_many
from dott.platform.history.models import Change
from dott.platform.history.tracked import change_record, entity_of
from dott.platform.tenancy.context import current, seeing_everything


class DealIsTrashed(Exception):
    """The deal lies in the trash; it can only be restored."""


class DealIsNotTrashed(Exception):
    """Only a deal in the trash can be restored."""


def create_deal(*, actor: Actor, values: Mapping[str, Any]) -> Deal:
    """Insert a deal, on top of its stage's column, with the next number of the business.

    values: `stage`; lost_reason where the stage is lost; closed_at, else now, where it is closed.
    Raises IntegrityError (409) when another deal in use has the same external_id.
    """
    stage: Stage = values["stage"]
    fields = {"rank": rank_on_top(stage), **values, **_entering(stage, values, at=timezone.now())}
    deal = create_tagged(Deal(**fields), actor=actor)
    _note_stage(deal, None, actor)
    return deal


def update_deal(*, actor: Actor, deal: Deal, values: Mapping[str, Any]) -> Deal:
    """Change some fields; without a difference nothing is written. A deal that changes its stage lands on
    top of the column unless `rank` is given, and its stage history says so.

    Raises DealIsTrashed (409), StaleRecord (412) when somebody else was faster, and IntegrityError (409)
    when another deal in use has the same external_id.
    """
    if deal.deleted_at is not None:
        raise DealIsTrashed
    stage: Stage = values.get("stage", deal.stage)
    from_id, to_id = deal.stage_id, stage.pk
    if from_id == to_id:
        kept = {name: value for name, value in values.items() if name not in ("stage", "pipeline")}
        if deal.category != StageCategory.OPEN and kept.get("closed_at", 0) is None:
            # A closed deal has the day it was closed on; it is not taken away, only changed.
            del kept["closed_at"]
        return change_tagged(deal, kept, actor=actor)
    placed = values if "rank" in values else {**values, "rank": rank_on_top(stage)}
    changed = change_tagged(deal, {**placed, **_entering(stage, values, at=timezone.now())}, actor=actor)
    _note_stage(changed, from_id, actor)
    return changed


def move_deals(
    *, actor: Actor, placed: Sequence[tuple[Deal, str]], stage: Stage, values: Mapping[str, Any]
) -> Changed:
    """Put locked deals into a stage, each at its rank (board.py): one change set, in as many statements for
    two of them as for two hundred. The instances are out of date after it.

    values: lost_reason, lost_note, closed_at of those that enter the stage; one that is in it keeps its own.
    Raises OutOfSight. Nobody asks here whether they are in the trash.
    """
    at = timezone.now()
    entering = {**values, "stage": stage, **_entering(stage, values, at=at)}
    moved = [deal for deal, _rank in placed if deal.stage_id != stage.pk]
    changes = [
        (deal, {"rank": rank} if deal.stage_id == stage.pk else {**entering, "rank": rank})
        for deal, rank in placed
    ]
    done = change_many(changes, actor=actor, own="rank")
    DealStageEvent.objects.bulk_create(
        DealStageEvent(
            deal=deal, from_stage_id=deal.stage_id, to_stage_id=stage.pk, at=at, actor_id=actor.membership_id
        )
        for deal in moved
    )
    return done


def trash_deal(*, actor: Actor, deal: Deal) -> Deal:
    """Put the deal into the trash, from where it can be restored for 30 days.

    Raises DealIsTrashed (409) and StaleRecord (412).
    """
    if deal.deleted_at is not None:
        raise DealIsTrashed
    values = {"deleted_at": timezone.now(), "deleted_by_id": actor.membership_id}
    return change_record(deal, values, actor=actor, operation=Change.Operation.TRASH)


def restore_deal(*, actor: Actor, deal: Deal) -> Deal:
    """Take the deal out of the trash again, into the stage it was in.

    Raises DealIsNotTrashed (409), StaleRecord (412), and IntegrityError (409) when its external_id has
    been given to another deal in the meantime.
    """
    if deal.deleted_at is None:
        raise DealIsNotTrashed
    values = {"deleted_at": None, "deleted_by_id": None}
    return change_record(deal, values, actor=actor, operation=Change.Operation.RESTORE)


def rank_on_top(stage: Stage) -> str:
    """A rank before every deal of the stage. Two who ask at once may get the same one; their ids then
    decide, and whoever next puts a deal between them spreads the column (board.py)."""
    deals = Deal.objects.in_use().filter(stage=stage.pk).order_by("rank", "id")
    with seeing_everything():
        first: str | None = deals.values_list("rank", flat=True).first()
    if first is None:
        return ranks.FIRST
    # Before a deal that was never placed there is nothing.
    return ranks.between(None, first) if ranks.is_rank(first) else ""


def _entering(stage: Stage, values: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """What a deal that enters a stage has from it: its pipeline and category, the moment, and whatever
    belongs to deals that are closed or lost. A closed one has the stage's probability, not its own."""
    is_closed = stage.category != StageCategory.OPEN
    follows: dict[str, Any] = {
        "pipeline": stage.pipeline,
        "category": stage.category,
        "stage_entered_at": at,
        "closed_at": (values.get("closed_at") or at) if is_closed else None,
    }
    if is_closed:
        follows["probability"] = None
    if stage.category != StageCategory.LOST:
        follows |= {"lost_reason": None, "lost_note": ""}
    return follows


def _note_stage(deal: Deal, from_id: Any, actor: Actor) -> None:
    DealStageEvent(
        deal=deal,
        from_stage_id=from_id,
        to_stage_id=deal.stage_id,
        at=deal.stage_entered_at,
        actor_id=actor.membership_id,
    ).save(force_insert=True)


def note_undone_moves(change_set_id: UUID) -> None:
    """An undo has written deals behind this room's back: those that it took to another stage are noted in
    their stage history. Called in the undo's transaction, with its change set."""
    undone = Change.objects.filter(change_set=change_set_id, entity=entity_of(Deal), operation="update")
    DealStageEvent.objects.bulk_create(
        DealStageEvent(
            deal_id=change.record_id,
            from_stage_id=change.before["stage"],
            to_stage_id=change.after["stage"],
            at=timezone.now(),
            actor_id=current().membership_id,
        )
        for change in undone
        if "stage" in change.after
    )
