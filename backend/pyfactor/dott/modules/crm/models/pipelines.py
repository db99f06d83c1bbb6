"""Pipelines, their stages, and why deals are lost: what a business sets up before it sells."""

from django.db import models
from django.db.models import Q

from dott.modules.crm.models import columns, keys
from dott.modules.crm.models.tags import Colour
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TrackedModel


class StageCategory(models.TextChoices):
    """What a stage means, whatever it is called."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Pipeline(TrackedModel):
    """A way of selling, as an ordered list of stages. One pipeline of a business is the default."""

    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0, db_default=0)
    is_default = columns.flag()
    is_archived = columns.flag()
    name_key = models.GeneratedField(
        expression=keys.key("name"), output_field=models.TextField(), db_persist=True
    )

    class Meta(TrackedModel.Meta):
        db_table = "crm_pipeline"
        constraints = [
            columns.version_rule("pipeline"),
            models.CheckConstraint(name="pipeline_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="pipeline_default_is_in_use", condition=Q(is_default=False) | Q(is_archived=False)
            ),
            models.UniqueConstraint(name="pipeline_name_is_unique", fields=["name_key"]),
            # Unique over the one value it lets in: one default, or none for a moment.
            models.UniqueConstraint(
                name="pipeline_one_is_default", fields=["is_default"], condition=Q(is_default=True)
            ),
        ]
        indexes = [models.Index(name="crm_pipeline_by_position", fields=["position", "id"])]

    def __str__(self) -> str:
        return self.name


class Stage(TrackedModel):
    """A step of a pipeline.

    probability: percent. rot_days: after so many days without a move a deal looks stale, 0 for never.
    """

    pipeline = TenantForeignKey(Pipeline, on_delete=models.CASCADE, related_name="stages", db_index=False)
    name = models.CharField(max_length=80)
    category = columns.word(StageCategory, StageCategory.OPEN)
    probability = models.PositiveSmallIntegerField(default=50, db_default=50)
    position = models.PositiveSmallIntegerField(default=0, db_default=0)
    colour = columns.word(Colour, Colour.GREY)
    rot_days = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Out of use, kept for the deals that went through it.
    is_archived = columns.flag()
    name_key = models.GeneratedField(
        expression=keys.key("name"), output_field=models.TextField(), db_persist=True
    )

    class Meta(TrackedModel.Meta):
        db_table = "crm_stage"
        constraints = [
            columns.choice_rule("stage", "category", StageCategory),
            columns.choice_rule("stage", "colour", Colour),
            columns.version_rule("stage"),
            models.CheckConstraint(name="stage_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="stage_probability_fits_category",
                condition=Q(category="open", probability__lte=100)
                | Q(category="won", probability=100)
                | Q(category="lost", probability=0),
            ),
            models.UniqueConstraint(name="stage_name_is_unique", fields=["pipeline", "name_key"]),
            # What a deal refers to: a stage of its pipeline, with its category (models/deals.py).
            models.UniqueConstraint(name="stage_of_pipeline", fields=["pipeline", "id", "category"]),
        ]
        indexes = [models.Index(name="crm_stage_by_position", fields=["position", "id"])]

    def __str__(self) -> str:
        return self.name


class LostReason(TrackedModel):
    """Why a deal was lost, in the words of the business."""

    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0, db_default=0)
    is_active = models.BooleanField(default=True, db_default=True)
    name_key = models.GeneratedField(
        expression=keys.key("name"), output_field=models.TextField(), db_persist=True
    )

    class Meta(TrackedModel.Meta):
        db_table = "crm_lost_reason"
        constraints = [
            columns.version_rule("lost_reason"),
            models.CheckConstraint(name="lost_reason_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(name="lost_reason_name_is_unique", fields=["name_key"]),
        ]
        indexes = [models.Index(name="crm_lost_reason_by_position", fields=["position", "id"])]

    def __str__(self) -> str:
        return self.name
