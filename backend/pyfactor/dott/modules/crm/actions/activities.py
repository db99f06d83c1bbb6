"""Writing activities: each action is one change set, inside the caller's transaction and tenant.

`values` are validated, by field name. Every write also keeps the activity times of the records it is about
(activity_times.py).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from django.utils import timezone

from dott.modules.crm import recurrence
from dott.modules.crm.actions.activity_times import about, refresh_activity_times
from dott.modules.crm.actions.mentions import tell_mentioned
from dott.modules.crm.actions.reminders import schedule_reminder
from dott.modules.crm.clock import BusinessClock, business_clock
from dott.modules.crm.mentions import member_ids
from dott.modules.crm.models import Activity
from dott.modules.crm.models.activities import ActivityKind, ActivityStatus
from dott.platform.history.actor import Actor
from dott.platform.history.models import Change
from dott.platform.history.record import Entry
from dott.platform.history.tracked import change_record, create_record, creation_of, trashing_of

# What the next occurrence of a repeated task takes over.
_KEPT = (
    "kind", "subject", "body", "priority", "assignee_id", "direction", "duration_seconds",
    "customer_id", "contact_id", "deal_id",
)  # fmt: skip


def create_activity(*, actor: Actor, values: Mapping[str, Any]) -> Activity:
    """Insert an activity. A note is done when it is written; so is whatever is logged as done."""
    activity = Activity(**values)
    _settle(activity, actor)
    create_record(activity, actor=actor)
    tell_mentioned(activity, actor=actor)
    _remind(activity)
    refresh_activity_times([about(activity)])
    return activity


def update_activity(*, actor: Actor, activity: Activity, values: Mapping[str, Any]) -> Activity:
    """Change some fields. Setting the status to done makes the next occurrence of a repeated one, and
    setting it back takes an untouched one away again, in the same change set.

    Raises StaleRecord (412) when somebody else was faster.
    """
    before, was_done = about(activity), activity.status == ActivityStatus.DONE
    named_before = member_ids(activity.body)
    changed = Activity(**{name: getattr(activity, name) for name in _STORED})
    for name, value in values.items():
        setattr(changed, name, value)
    _settle(changed, actor)
    settled = {name: getattr(changed, name) for name in ("status", "completed_at", "completed_by_id")}
    is_done = changed.status == ActivityStatus.DONE
    also: list[Entry] = []
    if is_done and not was_done:
        also = _come_back(changed, actor)
    elif was_done and not is_done:
        also = _take_back(activity, actor)
    change_record(activity, {**values, **settled}, actor=actor, also=also)
    tell_mentioned(activity, actor=actor, but=named_before)
    _remind(activity)
    refresh_activity_times({before, about(activity)})
    return activity


def complete_activity(*, actor: Actor, activity: Activity) -> Activity:
    """Mark it as done; one that is done already stays as it is."""
    return update_activity(actor=actor, activity=activity, values={"status": ActivityStatus.DONE})


def reopen_activity(*, actor: Actor, activity: Activity) -> Activity:
    """Mark it as still to be done; one that is open already stays as it is."""
    return update_activity(actor=actor, activity=activity, values={"status": ActivityStatus.OPEN})


def trash_activity(*, actor: Actor, activity: Activity) -> None:
    """Put it into the trash. Raises StaleRecord (412)."""
    values = {"deleted_at": timezone.now(), "deleted_by_id": actor.membership_id}
    change_record(activity, values, actor=actor, operation=Change.Operation.TRASH)
    refresh_activity_times([about(activity)])


def restore_activity(*, actor: Actor, activity: Activity) -> Activity:
    """Take it out of the trash. Raises StaleRecord (412)."""
    values = {"deleted_at": None, "deleted_by_id": None}
    change_record(activity, values, actor=actor, operation=Change.Operation.RESTORE)
    refresh_activity_times([about(activity)])
    return activity


_STORED = [field.attname for field in Activity._meta.concrete_fields if not field.generated]


def _settle(activity: Activity, actor: Actor) -> None:
    """Status and completion agree: done means done by somebody at some time, and a note is always done."""
    if activity.kind == ActivityKind.NOTE:
        activity.status = ActivityStatus.DONE
    if activity.status != ActivityStatus.DONE:
        activity.completed_at, activity.completed_by_id = None, None
    elif activity.completed_at is None:
        activity.completed_at, activity.completed_by_id = timezone.now(), actor.membership_id


def _come_back(done: Activity, actor: Actor) -> list[Entry]:
    """Insert the next occurrence of a repeated activity, if there is one."""
    due = done.due_at or done.due_on
    if not done.recurrence or due is None:
        return []
    clock = business_clock()
    rule = recurrence.parse(done.recurrence)
    next_due = recurrence.next_due(rule, due, zone=clock.zone, today=clock.today)
    if next_due is None:
        return []
    following = Activity(
        **{name: getattr(done, name) for name in _KEPT},
        follows_id=done.pk,
        recurrence=recurrence.counted_down(done.recurrence),
        remind_at=_reminder(done.remind_at, due, next_due, clock),
    )
    if isinstance(next_due, datetime):
        following.due_at = next_due
    else:
        following.due_on = next_due
    following.created_by_id = following.updated_by_id = actor.membership_id
    following.save(force_insert=True)
    _remind(following)
    return [creation_of(following)]


def _remind(activity: Activity) -> None:
    if activity.remind_at is not None and activity.status == ActivityStatus.OPEN:
        schedule_reminder(activity.remind_at)


def _take_back(reopened: Activity, actor: Actor) -> list[Entry]:
    """Trash the next occurrence, unless somebody has done something with it."""
    untouched = Activity.objects.in_use().filter(follows=reopened, version=1, status=ActivityStatus.OPEN)
    locked = untouched.select_for_update().order_by("id")
    return [trashing_of(following, actor=actor) for following in locked]


def _reminder(remind_at: datetime | None, due: Any, next_due: Any, clock: BusinessClock) -> datetime | None:
    """As long before the next due time, by the clock on the wall."""
    if remind_at is None:
        return None
    lead = _wall(due, clock) - _wall(remind_at, clock)
    return (_wall(next_due, clock) - lead).replace(tzinfo=clock.zone).astimezone(UTC)


def _wall(value: Any, clock: BusinessClock) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(clock.zone).replace(tzinfo=None)
    return datetime.combine(value, time.min)
