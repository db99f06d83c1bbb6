"""The figures of the dashboard: each counted by the database over the whole business, in a few queries.

Days, weeks and months are the business's. Amounts of unlike currencies are never added. Every figure is the
count of a list, whose address stands beside it (tests/test_dashboard.py holds them to it).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, DecimalField, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import Coalesce, TruncDate, TruncMonth

from dott.modules.crm.models import Activity, Customer, Deal, Stage
from dott.modules.crm.models.pipelines import StageCategory
from dott.modules.crm.tasks import count_tasks
from dott.platform.api.filtering.periods import Calendar, business_calendar
from dott.platform.tenancy.context import current

MONTHS = 12
WEEKS = 12
_WEEK = timedelta(days=7)
CUSTOMERS, DEALS, TASKS = "/api/crm/customers/", "/api/crm/deals/", "/api/crm/activities/tasks/"


@dataclass(frozen=True, slots=True)
class Worth:
    """Deals in one currency. weighted: each amount times its probability."""

    currency: str
    deals: int
    amount: Decimal
    weighted: Decimal
    address: str


@dataclass(frozen=True, slots=True)
class StageFigures:
    """The deals in an open stage. deals: also those without an amount."""

    id: UUID
    name: str
    colour: str
    deals: int
    worth: list[Worth]
    address: str


@dataclass(frozen=True, slots=True)
class PipelineFigures:
    """A pipeline's open stages, in order."""

    id: UUID
    name: str
    is_default: bool
    stages: list[StageFigures]


@dataclass(frozen=True, slots=True)
class Closed:
    """Deals won or lost in a period."""

    deals: int
    worth: list[Worth]
    address: str


@dataclass(frozen=True, slots=True)
class Month:
    """first_on, last_on: both included."""

    first_on: date
    last_on: date
    won: Closed
    lost: Closed


@dataclass(frozen=True, slots=True)
class Week:
    """How many customers were added; first_on, last_on: both included."""

    first_on: date
    last_on: date
    customers: int
    address: str


@dataclass(frozen=True, slots=True)
class TaskFigures:
    """What is open by when it was due, of one member or of all."""

    overdue: int
    today: int
    address: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """today: the business's day. months, weeks: the oldest first, the last one still running."""

    today: date
    pipelines: list[PipelineFigures]
    months: list[Month]
    weeks: list[Week]
    my_tasks: TaskFigures
    all_tasks: TaskFigures
    has_customers: bool
    has_deals: bool


def dashboard() -> Dashboard:
    """All figures of the active business."""
    calendar = business_calendar()
    today = calendar.today()
    mine = Q(assignee=current().membership_id)
    tasks = count_tasks(Activity.objects.in_use(), mine)
    return Dashboard(
        today=today,
        pipelines=_pipelines(),
        months=list(_months(calendar, today)),
        weeks=list(_weeks(calendar, today)),
        my_tasks=TaskFigures(tasks["overdue"][1], tasks["today"][1], f"{TASKS}?assignee=me"),
        all_tasks=TaskFigures(tasks["overdue"][0], tasks["today"][0], TASKS),
        has_customers=Customer.objects.in_use().exists(),
        has_deals=Deal.objects.in_use().exists(),
    )


def _pipelines() -> list[PipelineFigures]:
    rows = (
        Deal.objects.in_use()
        .filter(category=StageCategory.OPEN)
        .values("stage_id", "currency")
        .annotate(deals=Count("id"), amount_sum=Sum("amount"), weighted_sum=Sum(_weighted()))
    )
    by_stage: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_stage[row["stage_id"]].append(row)
    stages = (
        Stage.objects.filter(category=StageCategory.OPEN, pipeline__is_archived=False)
        .select_related("pipeline")
        .order_by("-pipeline__is_default", "pipeline__position", "pipeline__id", "position", "id")
    )
    found: dict[UUID, PipelineFigures] = {}
    for stage in stages:
        pipeline = stage.pipeline
        figures = found.setdefault(
            pipeline.pk, PipelineFigures(pipeline.pk, pipeline.name, pipeline.is_default, [])
        )
        counted = by_stage[stage.pk]
        where = {"stage": str(stage.pk)}
        figures.stages.append(
            StageFigures(
                id=stage.pk,
                name=stage.name,
                colour=stage.colour,
                deals=sum(row["deals"] for row in counted),
                worth=_worth(counted, where),
                address=_address(DEALS, where),
            )
        )
    return list(found.values())


def _months(calendar: Calendar, today: date) -> Iterator[Month]:
    """Won and lost by month, the last MONTHS of them."""
    firsts = [_month(today, -back) for back in reversed(range(MONTHS))]
    rows = (
        Deal.objects.in_use()
        .filter(category__in=(StageCategory.WON, StageCategory.LOST))
        .filter(closed_at__gte=calendar.start_of(firsts[0]))
        .annotate(month=TruncMonth("closed_at", tzinfo=ZoneInfo(calendar.timezone)))
        .values("month", "category", "currency")
        .annotate(deals=Count("id"), amount_sum=Sum("amount"), weighted_sum=Sum("amount"))
    )
    counted: dict[tuple[date, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        counted[_day(row["month"]), row["category"]].append(row)
    for first in firsts:
        end = _month(first, 1)

        def closed(category: str, first: date = first, end: date = end) -> Closed:
            where = {"category": category, **_between(calendar, "closed_at", first, end)}
            found = counted[first, category]
            return Closed(sum(row["deals"] for row in found), _worth(found, where), _address(DEALS, where))

        yield Month(first, end - timedelta(days=1), closed("won"), closed("lost"))


def _weeks(calendar: Calendar, today: date) -> Iterator[Week]:
    """New customers by the business's weeks, the last WEEKS of them."""
    this_week = today - timedelta(days=(today.isoweekday() - calendar.week_start) % 7)
    firsts = [this_week - back * _WEEK for back in reversed(range(WEEKS))]
    rows = (
        Customer.objects.in_use()
        .filter(created_at__gte=calendar.start_of(firsts[0]))
        .annotate(day=TruncDate("created_at", tzinfo=ZoneInfo(calendar.timezone)))
        .values_list("day")
        .annotate(customers=Count("id"))
    )
    by_week: dict[date, int] = defaultdict(int)
    for day, customers in rows:
        by_week[day - timedelta(days=(day.isoweekday() - calendar.week_start) % 7)] += customers
    for first in firsts:
        where = _between(calendar, "created_at", first, first + _WEEK)
        yield Week(first, first + timedelta(days=6), by_week[first], _address(CUSTOMERS, where))


def _weighted() -> ExpressionWrapper:
    probability = Coalesce(F("probability"), F("stage__probability"))
    return ExpressionWrapper(
        F("amount") * probability / 100, output_field=DecimalField(max_digits=38, decimal_places=4)
    )


def _worth(rows: Iterable[dict[str, Any]], where: dict[str, str]) -> list[Worth]:
    """Per currency, the one with the most deals first; deals without an amount have none."""
    found = [
        Worth(
            row["currency"],
            row["deals"],
            row["amount_sum"],
            row["weighted_sum"],
            _address(DEALS, where | {"filter": _in_currency(row["currency"])}),
        )
        for row in rows
        if row["currency"]
    ]
    return sorted(found, key=lambda worth: (-worth.deals, worth.currency))


def _in_currency(currency: str) -> str:
    return json.dumps({"field": "currency", "op": "is", "value": currency}, separators=(",", ":"))


def _between(calendar: Calendar, field: str, first: date, end: date) -> dict[str, str]:
    """From the beginning of one day to that of another."""
    return {
        f"{field}__gte": _instant(calendar.start_of(first)),
        f"{field}__lt": _instant(calendar.start_of(end)),
    }


def _address(path: str, where: dict[str, str]) -> str:
    return f"{path}?{urlencode(where)}"


def _instant(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _month(day: date, months: int) -> date:
    """The first day of the month so many months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _day(instant: datetime | date) -> date:
    return instant.date() if isinstance(instant, datetime) else instant
