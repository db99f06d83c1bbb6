"""What is to be done, by when it is due: overdue, today, upcoming, no date.

A day is the business's. What is due at an instant is overdue once it has passed, what is due on a day once
the day has. An activity without a due time that begins at some time is due then.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from dott.modules.crm.clock import BusinessClock, business_clock
from dott.modules.crm.models import Activity

GROUPS = ("overdue", "today", "upcoming", "no_date")
TASKS_PER_GROUP = 100


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """name: one of GROUPS. count: of all. results: the first of them."""

    name: str
    count: int
    results: list[Activity]


@dataclass(frozen=True, slots=True)
class Tasks:
    """All groups, and the business's day they are counted from."""

    today: date
    groups: list[TaskGroup]


def tasks_of(activities: QuerySet[Any]) -> Tasks:
    """Group the open ones among the activities. Two queries, however many there are."""
    clock = business_clock()
    order = [Coalesce("due_order", "starts_at").asc(nulls_last=True), F("id").asc()]
    ranked = (
        activities.filter(status="open")
        .exclude(kind="note")
        .annotate(group=_group(clock))
        .annotate(
            place=Window(RowNumber(), partition_by="group", order_by=order),
            in_group=Window(Count("id"), partition_by="group"),
        )
        .filter(place__lte=TASKS_PER_GROUP)
        .order_by("place")
    )
    found = list(ranked)
    groups = []
    for name in GROUPS:
        results = [activity for activity in found if activity.group == name]
        groups.append(TaskGroup(name, results[0].in_group if results else 0, results))
    return Tasks(clock.today, groups)


def count_tasks(activities: QuerySet[Any], mine: Q) -> dict[str, tuple[int, int]]:
    """How many of the open ones are in each group: all, and those that `mine` holds for. Two queries."""
    rows = (
        activities.filter(status="open")
        .exclude(kind="note")
        .annotate(group=_group(business_clock()))
        .values_list("group")
        .annotate(all=Count("id"), mine=Count("id", filter=mine))
    )
    counted = {group: (of_all, of_mine) for group, of_all, of_mine in rows}
    return {name: counted.get(name, (0, 0)) for name in GROUPS}


def _group(clock: BusinessClock) -> Case:
    today, tomorrow = clock.today, clock.start_of(clock.today + timedelta(days=1))
    return Case(
        When(Q(due_on__lt=today) | _before(clock.now), then=Value("overdue")),
        When(Q(due_on=today) | _before(tomorrow), then=Value("today")),
        When(_before(None), then=Value("no_date")),
        default=Value("upcoming"),
        output_field=CharField(),
    )


def _before(instant: datetime | None) -> Q:
    """Due at an instant, or without one begun, before this one; None: neither is known."""
    if instant is None:
        return Q(due_on__isnull=True, due_at__isnull=True, starts_at__isnull=True)
    begun = Q(due_at__isnull=True, starts_at__lt=instant)
    return Q(due_on__isnull=True) & (Q(due_at__lt=instant) | begun)
