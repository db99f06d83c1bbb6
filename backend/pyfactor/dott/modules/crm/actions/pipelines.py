"""Setting up how a business sells. All run inside the caller's transaction and tenant, on locked records."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from dott.modules.crm.actions.selling import add_stages
from dott.modules.crm.models import Deal, DealStageEvent, LostReason, Pipeline, Stage
from dott.modules.crm.models.pipelines import StageCategory
from dott.platform.history.actor import Actor
from dott.platform.history.record import record
from dott.platform.history.tracked import change_record, change_records, creation_of, deletion_of
from dott.platform.tenancy.models import TrackedModel

# What a closed stage's probability has to be.
CLOSED_PROBABILITY = {StageCategory.WON.value: 100, StageCategory.LOST.value: 0}


class RefusedChange(Exception):
    """The setup of selling does not allow it (409). code: stable. sentence: for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


def create_pipeline(*, actor: Actor, values: Mapping[str, Any]) -> Pipeline:
    """Insert a pipeline at the end, with the usual stages to begin with, as one change set.

    Raises IntegrityError (409) when the name is taken.
    """
    is_default = bool(values.get("is_default"))
    pipeline = Pipeline(**{**values, "is_default": False, **_author(actor)})
    if "position" not in values:
        pipeline.position = _next_position(Pipeline.objects.all())
    pipeline.save(force_insert=True)
    made: list[TrackedModel] = [pipeline, *add_stages(pipeline, actor=actor)]
    record(changes=[creation_of(one) for one in made], actor_id=actor.membership_id)
    if is_default:
        update_pipeline(actor=actor, pipeline=pipeline, values={"is_default": True})
    return pipeline


def update_pipeline(*, actor: Actor, pipeline: Pipeline, values: Mapping[str, Any]) -> Pipeline:
    """Change a pipeline; one that becomes the default takes that from another, in the same change set.

    Raises RefusedChange (409): the default is neither archived nor simply not the default any more.
    """
    becomes_default = values.get("is_default", pipeline.is_default)
    if pipeline.is_default and not becomes_default:
        raise RefusedChange(
            "pipeline_is_default", "Make another pipeline the default; this one then no longer is."
        )
    if becomes_default and values.get("is_archived", pipeline.is_archived):
        raise RefusedChange(
            "pipeline_is_default", "The default pipeline is in use. Make another one the default first."
        )
    others = Pipeline.objects.filter(is_default=True).exclude(pk=pipeline.pk)
    if pipeline.is_default or not becomes_default:
        return change_record(pipeline, values, actor=actor)
    before = [(other, {"is_default": False}) for other in others.select_for_update().order_by("id")]
    change_records([*before, (pipeline, values)], actor=actor)
    return pipeline


def delete_pipeline(*, actor: Actor, pipeline: Pipeline) -> None:
    """Remove a pipeline and its stages for good.

    Raises RefusedChange (409) for the default one, and while deals, trashed ones too, are in it.
    """
    if pipeline.is_default:
        raise RefusedChange(
            "pipeline_is_default", "The default pipeline stays. Make another one the default first."
        )
    if Deal.objects.filter(pipeline=pipeline).exists():
        raise RefusedChange(
            "pipeline_has_deals",
            "There are deals in this pipeline, in the trash perhaps. Move them to another, or archive it.",
        )
    stages = list(Stage.objects.filter(pipeline=pipeline).order_by("id"))
    if _have_history(stages):
        raise RefusedChange(
            "pipeline_has_history", "Deals went through this pipeline. Archive it, so that their past stays."
        )
    gone = [deletion_of(one) for one in (*stages, pipeline)]
    pipeline.delete()
    record(changes=gone, actor_id=actor.membership_id)


def create_stage(*, actor: Actor, values: Mapping[str, Any]) -> Stage:
    """Insert a stage, behind the open ones of its pipeline where no position is given.

    Raises IntegrityError (409) when the pipeline has a stage of that name.
    """
    stage = Stage(**values, **_author(actor))
    if "position" not in values:
        stage.position = _next_position(Stage.objects.filter(pipeline=stage.pipeline_id))
    stage.save(force_insert=True)
    record(changes=[creation_of(stage)], actor_id=actor.membership_id)
    return stage


def update_stage(*, actor: Actor, stage: Stage, values: Mapping[str, Any]) -> Stage:
    """Change a stage. Raises RefusedChange (409): a stage with deals means what it means and stays in use,
    and a pipeline keeps an open stage for deals to begin in."""
    category = values.get("category", stage.category)
    is_archived = values.get("is_archived", stage.is_archived)
    if category != stage.category and Deal.objects.filter(stage=stage).exists():
        raise RefusedChange(
            "stage_has_deals",
            "There are deals in this stage, in the trash perhaps: what it means cannot change under them.",
        )
    if is_archived and not stage.is_archived and Deal.objects.in_use().filter(stage=stage).exists():
        raise RefusedChange(
            "stage_has_deals", "There are deals in this stage. Move them to another one first."
        )
    if is_archived or category != StageCategory.OPEN:
        _keep_an_open_stage(stage)
    return change_record(stage, values, actor=actor)


def delete_stage(*, actor: Actor, stage: Stage) -> None:
    """Remove a stage for good. Raises RefusedChange (409) where deals are in it or went through it."""
    if Deal.objects.filter(stage=stage).exists():
        raise RefusedChange(
            "stage_has_deals",
            "There are deals in this stage, in the trash perhaps. Move them to another one first.",
        )
    _keep_an_open_stage(stage)
    if _have_history([stage]):
        raise RefusedChange(
            "stage_has_history", "Deals went through this stage. Archive it, so that their past stays."
        )
    gone = deletion_of(stage)
    stage.delete()
    record(changes=[gone], actor_id=actor.membership_id)


def create_lost_reason(*, actor: Actor, values: Mapping[str, Any]) -> LostReason:
    """Insert a reason, at the end where no position is given."""
    reason = LostReason(**values, **_author(actor))
    if "position" not in values:
        reason.position = _next_position(LostReason.objects.all())
    reason.save(force_insert=True)
    record(changes=[creation_of(reason)], actor_id=actor.membership_id)
    return reason


def delete_lost_reason(*, actor: Actor, reason: LostReason) -> None:
    """Remove a reason for good. Raises RefusedChange (409) when deals, trashed ones too, were lost for it."""
    if Deal.objects.filter(lost_reason=reason).exists():
        raise RefusedChange(
            "lost_reason_is_used", "Deals were lost for this reason. Take it out of use instead."
        )
    gone = deletion_of(reason)
    reason.delete()
    record(changes=[gone], actor_id=actor.membership_id)


def put_in_order(*, actor: Actor, records: Sequence[Any], order: Sequence[UUID]) -> int:
    """Give locked records positions from 0 in the order of their ids, as one change set; returns how many
    moved. order: every id once."""
    places = {id_: position for position, id_ in enumerate(order)}
    changes = [(one, {"position": places[one.pk]}) for one in records]
    return change_records(changes, actor=actor)


def _have_history(stages: Sequence[Stage]) -> bool:
    passed = Q(to_stage__in=stages) | Q(from_stage__in=stages)
    return bool(DealStageEvent.objects.filter(passed).exists())


def _keep_an_open_stage(stage: Stage) -> None:
    """Raises RefusedChange when it is the last open stage in use of its pipeline."""
    if stage.category != StageCategory.OPEN or stage.is_archived:
        return
    # The pipeline is held, so that two who each remove one of the last two do not both find the other's.
    Pipeline.objects.select_for_update().get(pk=stage.pipeline_id)
    others = Stage.objects.filter(
        pipeline=stage.pipeline_id, category=StageCategory.OPEN, is_archived=False
    ).exclude(pk=stage.pk)
    if not others.exists():
        raise RefusedChange(
            "pipeline_needs_open_stage", "A pipeline keeps an open stage, for its deals to begin in."
        )


def _next_position(records: Any) -> int:
    last: int | None = records.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else min(last + 1, 32_767)


def _author(actor: Actor) -> dict[str, Any]:
    return {"created_by_id": actor.membership_id, "updated_by_id": actor.membership_id}
