"""Demo deals: two dozen with the demo customers, in two currencies, open, won and lost over half a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from dott.modules.crm.actions import ranks
from dott.modules.crm.actions.numbers import reserve_numbers
from dott.modules.crm.actions.selling import ensure_selling
from dott.modules.crm.models import Customer, Deal, DealStageEvent, LostReason, Stage
from dott.modules.crm.models.pipelines import StageCategory
from dott.platform.history.actor import Actor
from dott.platform.history.record import Entry
from dott.platform.history.tracked import creation_of, deletion_of

SERIES = "deal"
# What is sold, and for how much in whole units; each is offered to another customer.
OFFERS = (
    ("Oven for the second shop", 18_400), ("Workshop lighting", 6_250), ("Espresso line", 23_900),
    ("Yearly maintenance", 4_800), ("Delivery van lettering", 2_150), ("Point of sale", 12_700),
    ("Cold room", 31_500), ("Packaging for a year", 9_300), ("Website relaunch", 15_000),
    ("Solar roof", 48_600), ("Staff training", 3_400), ("Bookkeeping package", 7_200),
)  # fmt: skip
CURRENCIES = ("EUR", "USD")
COUNT = 24
# Of every eight: five are open, two won, one lost.
FATES = ("open", "open", "won", "open", "open", "lost", "open", "won")


@dataclass(frozen=True, slots=True)
class _Setup:
    """Where the deals go. lost_reason: None where the business has none; then no deal is lost."""

    open_stages: Sequence[Stage]
    closed: Mapping[str, Stage]
    lost_reason: LostReason | None

    def stage_of(self, index: int) -> Stage:
        fate = FATES[index % len(FATES)]
        closed = self.closed.get(fate)
        if closed is None or (fate == StageCategory.LOST and self.lost_reason is None):
            return self.open_stages[index % len(self.open_stages)]
        return closed


def load_demo_deals(*, actor: Actor, customers: Sequence[Customer]) -> list[Entry]:
    """Insert the demo deals into the default pipeline; returns what history is to be told."""
    ensure_selling(actor=actor)
    setup = _setup()
    numbers = reserve_numbers(COUNT, series=SERIES)
    deals = [
        _deal(setup, index, number, customers[index % len(customers)], rank, actor)
        for index, (number, rank) in enumerate(zip(numbers, ranks.spread(COUNT), strict=True))
    ]
    Deal.objects.bulk_create(deals)
    # Read again: bulk_create does not set keys that the database makes.
    made = list(Deal.objects.filter(number__in=numbers).order_by("number"))
    DealStageEvent.objects.bulk_create(
        DealStageEvent(
            deal=deal, to_stage_id=deal.stage_id, at=deal.stage_entered_at, actor_id=deal.created_by_id
        )
        for deal in made
    )
    return [creation_of(deal) for deal in made]


def deals_going(customers: Sequence[Customer]) -> list[Entry]:
    """The history of the deals that go for good together with customers."""
    deals: QuerySet[Deal] = Deal.objects.filter(customer__in=customers).order_by("id")
    return [deletion_of(deal) for deal in deals.order_by("id").select_for_update(of=("self",))]


def _setup() -> _Setup:
    stages = list(
        Stage.objects.select_related("pipeline")
        .filter(pipeline__is_default=True, is_archived=False)
        .order_by("position", "id")
    )
    return _Setup(
        open_stages=[stage for stage in stages if stage.category == StageCategory.OPEN],
        closed={stage.category: stage for stage in stages if stage.category != StageCategory.OPEN},
        lost_reason=LostReason.objects.filter(is_active=True).order_by("position", "id").first(),
    )


def _deal(setup: _Setup, index: int, number: int, customer: Customer, rank: str, actor: Actor) -> Deal:
    """The index decides everything, so that the demo looks the same everywhere."""
    stage = setup.stage_of(index)
    name, amount = OFFERS[index % len(OFFERS)]
    now = timezone.now()
    entered_at = now - timedelta(days=index * 7 % 45, hours=index)
    is_closed = stage.category != StageCategory.OPEN
    closed_at = now - timedelta(days=index * 11 % 170, hours=index) if is_closed else None
    is_lost = stage.category == StageCategory.LOST
    return Deal(
        number=number,
        name=name,
        pipeline=stage.pipeline,
        stage=stage,
        category=stage.category,
        customer=customer,
        owner_id=actor.membership_id if index % 3 else None,
        amount=Decimal(amount + 250 * (index // len(OFFERS))),
        currency=CURRENCIES[index % 3 == 0],
        expected_close_on=None if is_closed else (now + timedelta(days=5 + index * 5)).date(),
        closed_at=closed_at,
        lost_reason=setup.lost_reason if is_lost else None,
        rank=rank,
        stage_entered_at=closed_at or entered_at,
        source=customer.source,
        created_by_id=actor.membership_id,
        updated_by_id=actor.membership_id,
    )
