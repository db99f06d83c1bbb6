"""What every business sells by until it says otherwise: one pipeline, its stages, and why deals are lost.

A business gets it when somebody first looks, so that no list of businesses has to be gone through and the
platform, which makes businesses, needs to know no module.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import connections

from dott.modules.crm.models import LostReason, Pipeline, Stage
from dott.modules.crm.models.pipelines import StageCategory
from dott.modules.crm.models.tags import Colour
from dott.platform.history.actor import Actor
from dott.platform.history.record import record
from dott.platform.history.tracked import creation_of
from dott.platform.tenancy.context import current
from dott.platform.tenancy.models import TrackedModel

REASON = "First pipeline"
PIPELINE = "Sales"
# Name, category, probability in percent, colour, days until a deal looks stale.
STAGES: tuple[tuple[str, StageCategory, int, Colour, int], ...] = (
    ("New", StageCategory.OPEN, 10, Colour.GREY, 14),
    ("Qualified", StageCategory.OPEN, 25, Colour.BLUE, 14),
    ("Proposal", StageCategory.OPEN, 50, Colour.PURPLE, 21),
    ("Negotiation", StageCategory.OPEN, 75, Colour.ORANGE, 21),
    ("Won", StageCategory.WON, 100, Colour.GREEN, 0),
    ("Lost", StageCategory.LOST, 0, Colour.RED, 0),
)
LOST_REASONS = ("Price", "Competitor", "No budget", "No decision", "Bad timing", "Missing feature", "Other")

_LOCK = "SELECT pg_advisory_xact_lock(%s)"


def ensure_selling(*, actor: Actor) -> None:
    """Make the first pipeline, its stages and the lost reasons, as one change set of the system; nothing
    when the business has a pipeline.

    Not for an API key that only reads: the first person to look makes them.
    Two who look at the same moment wait for one another: whoever looked before calling looks again.
    Runs inside the caller's transaction.
    """
    if current().is_read_only or Pipeline.objects.exists():
        return
    with connections[current().alias].cursor() as cursor:
        cursor.execute(_LOCK, [_lock_number()])
    if Pipeline.objects.exists():
        return
    pipeline = Pipeline(name=PIPELINE, is_default=True, **_author(actor))
    pipeline.save(force_insert=True)
    reasons = [
        LostReason(name=name, position=index, **_author(actor)) for index, name in enumerate(LOST_REASONS)
    ]
    LostReason.objects.bulk_create(reasons)
    made: list[TrackedModel] = [pipeline, *add_stages(pipeline, actor=actor), *LostReason.objects.all()]
    record(
        changes=[creation_of(one) for one in made],
        operation_kind="system",
        reason=REASON,
        actor_id=actor.membership_id,
    )


def add_stages(pipeline: Pipeline, *, actor: Actor) -> list[Stage]:
    """Insert the usual stages into a new pipeline and return them; the caller records them."""
    stages = [
        Stage(
            pipeline=pipeline, name=name, category=category, probability=probability, colour=colour,
            rot_days=rot_days, position=position, **_author(actor),
        )
        for position, (name, category, probability, colour, rot_days) in enumerate(STAGES)
    ]  # fmt: skip
    Stage.objects.bulk_create(stages)
    # Read again: bulk_create does not set keys that the database makes.
    return list(Stage.objects.filter(pipeline=pipeline).order_by("position"))


def first_open_stage(pipeline_id: Any) -> Stage | None:
    """Where a deal of the pipeline begins."""
    return next(_open_stages(pipeline=pipeline_id), None)


def default_stage(*, actor: Actor) -> Stage | None:
    """Where a deal begins of which nobody says anything: in the default pipeline."""
    stage = next(_open_stages(pipeline__is_default=True), None)
    if stage is None:
        ensure_selling(actor=actor)
        stage = next(_open_stages(pipeline__is_default=True), None)
    return stage


def _open_stages(**conditions: Any) -> Iterator[Stage]:
    stages = Stage.objects.select_related("pipeline").filter(
        category=StageCategory.OPEN, is_archived=False, **conditions
    )
    yield from stages.order_by("position", "id")[:1]


def _author(actor: Actor) -> dict[str, Any]:
    return {"created_by_id": actor.membership_id, "updated_by_id": actor.membership_id}


def _lock_number() -> int:
    """Advisory locks are one space for all businesses; the tenant and the purpose are hashed in."""
    digest = hashlib.sha256(f"{current().tenant_id} crm.selling".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
