"""Demo activities: calls that were made, notes that were written, tasks late, for today and for later."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Q
from django.utils import timezone

from dott.modules.crm.actions.activity_times import refresh_activity_times
from dott.modules.crm.clock import business_clock
from dott.modules.crm.models import Activity, Attachment, Customer
from dott.platform.history.actor import Actor
from dott.platform.history.record import Entry
from dott.platform.history.tracked import creation_of, deletion_of

# Days from today on which it is due, None for no date.
TASKS: tuple[tuple[str, int | None, str], ...] = (
    ("Send the new price list", -2, "high"),
    ("Call back about delivery", 0, "urgent"),
    ("Prepare the offer", 0, "normal"),
    ("Ask how the first order went", 1, "normal"),
    ("Visit the new shop", 6, "normal"),
    ("Agree on next year's terms", 20, "low"),
    ("Find out who decides", None, "normal"),
)
CALLS = (
    ("Asked about delivery times", "in", 240),
    ("Walked through the offer", "out", 900),
    ("Left a message", "out", 35),
)
NOTES = (
    "Prefers **mornings**. Never call on Fridays.",
    "Wants to see:\n\n- samples of both colours\n- a price for 200 pieces",
    "Met at the fair. Knows the market well and buys for *three* shops.",
)
# Each kind at every n-th customer, so that some have all of them and some have none.
TASK_EVERY, CALL_EVERY, NOTE_EVERY = 3, 2, 4


def load_demo_activities(*, actor: Actor, customers: Sequence[Customer]) -> list[Entry]:
    """Insert activities about these customers; returns what history is to be told."""
    Activity.objects.bulk_create([*_tasks(actor, customers), *_past(actor, customers)])
    refresh_activity_times((customer.pk, None, None) for customer in customers)
    return [creation_of(activity) for activity in _about(customers)]


def remove_activities(customers: Sequence[Customer]) -> list[Entry]:
    """Delete for good what is about these customers; returns what history is to be told.

    Before the customers: their key is checked at once, and Django orders no deletions across a reference
    that may be null.
    """
    activities = _about(customers)
    files = Attachment.objects.filter(Q(customer__in=customers) | Q(activity__in=activities))
    entries = [deletion_of(gone) for gone in (*files, *activities)]
    files.delete()
    Activity.objects.filter(pk__in=[activity.pk for activity in activities]).delete()
    return entries


def _about(customers: Iterable[Customer]) -> list[Activity]:
    found = Activity.objects.filter(customer__in=[customer.pk for customer in customers])
    return cast("list[Activity]", list(found.order_by("id")))


def _tasks(actor: Actor, customers: Sequence[Customer]) -> Iterator[Activity]:
    today = business_clock().today
    for number, customer in enumerate(customers[::TASK_EVERY]):
        subject, days, priority = TASKS[number % len(TASKS)]
        due_on = None if days is None else today + timedelta(days=days)
        yield Activity(
            subject=subject,
            priority=priority,
            due_on=due_on,
            assignee_id=actor.membership_id,
            customer=customer,
        )


def _past(actor: Actor, customers: Sequence[Customer]) -> Iterator[Activity]:
    now = timezone.now()
    for number, customer in enumerate(customers[::CALL_EVERY]):
        subject, direction, seconds = CALLS[number % len(CALLS)]
        call = _done(actor, customer, now - timedelta(days=2 * number, hours=3))
        yield Activity(kind="call", subject=subject, direction=direction, duration_seconds=seconds, **call)
    for number, customer in enumerate(customers[::NOTE_EVERY]):
        note = _done(actor, customer, now - timedelta(days=5 * number + 1))
        yield Activity(kind="note", body=NOTES[number % len(NOTES)], is_pinned=number == 0, **note)


def _done(actor: Actor, customer: Customer, at: datetime) -> dict[str, Any]:
    return {
        "status": "done",
        "completed_at": at,
        "completed_by_id": actor.membership_id,
        "customer": customer,
    }
