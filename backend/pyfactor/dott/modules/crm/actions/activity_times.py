"""When something last happened with a customer, a contact or a deal, and what comes next.

Kept in the transaction that writes the activities, by two statements however many they are, and without a
new version: nobody edited the record, and nobody's open form should be refused for it.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connections

from dott.modules.crm.models import Activity
from dott.platform.history.entities import follow_undo
from dott.platform.history.tracked import entity_of
from dott.platform.tenancy.context import current

# Locked first, in a statement of its own: the next one then sees what whoever held the lock has written.
_LOCK = """
WITH customer AS (
    SELECT id FROM crm_customer
     WHERE tenant_id = %(tenant)s
       AND (id = ANY(%(customers)s)
            OR id IN (SELECT customer_id FROM crm_deal WHERE tenant_id = %(tenant)s AND id = ANY(%(deals)s)))
     ORDER BY id FOR NO KEY UPDATE
), contact AS (
    SELECT id FROM crm_contact WHERE tenant_id = %(tenant)s AND id = ANY(%(contacts)s)
     ORDER BY id FOR NO KEY UPDATE
), deal AS (
    SELECT id FROM crm_deal WHERE tenant_id = %(tenant)s AND id = ANY(%(deals)s)
     ORDER BY id FOR NO KEY UPDATE
)
SELECT ARRAY(SELECT id FROM customer), ARRAY(SELECT id FROM contact), ARRAY(SELECT id FROM deal)
"""

_COLUMNS = "activity.happened_at, activity.due_order, activity.starts_at, activity.status"
_OF_ONE = """
SELECT {columns} FROM crm_activity AS activity
 WHERE activity.tenant_id = %(tenant)s AND activity.{name}_id = target.id AND activity.deleted_at IS NULL
"""
# What happens with a customer's deals happens with the customer.
_OF_DEALS = """
SELECT {columns} FROM crm_deal AS deal
  JOIN crm_activity AS activity ON activity.tenant_id = deal.tenant_id AND activity.deal_id = deal.id
 WHERE deal.tenant_id = %(tenant)s AND deal.customer_id = target.id AND activity.deleted_at IS NULL
"""
_UPDATE = """
UPDATE crm_{name} AS changed SET last_activity_at = seen.last, next_activity_at = seen.next
  FROM (
    SELECT target.id, found.last, found.next
      FROM crm_{name} AS target
      CROSS JOIN LATERAL (
        SELECT max(happened_at) FILTER (WHERE status = 'done') AS last,
               min(coalesce(due_order, starts_at)) FILTER (WHERE status = 'open') AS next
          FROM ({activities}) AS activity
      ) AS found
     WHERE target.tenant_id = %(tenant)s AND target.id = ANY(%({name}s)s)
  ) AS seen
 WHERE changed.tenant_id = %(tenant)s AND changed.id = seen.id
   AND (changed.last_activity_at, changed.next_activity_at) IS DISTINCT FROM (seen.last, seen.next)
"""


def _update_of(name: str) -> str:
    activities = _OF_ONE.format(columns=_COLUMNS, name=name)
    if name == "customer":
        activities += " UNION ALL " + _OF_DEALS.format(columns=_COLUMNS)
    return _UPDATE.format(name=name, activities=activities)


_REFRESH = "WITH customer AS ({}), contact AS ({}) {}".format(
    *(
        _update_of(name) + (" RETURNING 1" if name != "deal" else "")
        for name in ("customer", "contact", "deal")
    )
)

About = tuple[UUID | None, UUID | None, UUID | None]


def about(activity: Activity) -> About:
    """The ids of customer, contact and deal that an activity is about."""
    return activity.customer_id, activity.contact_id, activity.deal_id


def refresh_activity_times(subjects: Iterable[About]) -> None:
    """Work out both times anew for these records, and for the customers of these deals."""
    columns = [sorted({id_ for id_ in column if id_ is not None}) for column in zip(*subjects, strict=True)]
    if not columns or not any(columns):
        return
    context = current()
    names = ("customers", "contacts", "deals")
    with connections[context.alias].cursor() as cursor:
        cursor.execute(_LOCK, {"tenant": context.tenant_id, **dict(zip(names, columns, strict=True))})
        locked = dict(zip(names, cursor.fetchone(), strict=True))
        cursor.execute(_REFRESH, {"tenant": context.tenant_id, **locked})


# What an undo wrote: where the activities are now, and where they were.
_OF_SET = """
SELECT activity.customer_id, activity.contact_id, activity.deal_id
  FROM history_change AS change
  JOIN crm_activity AS activity
    ON activity.tenant_id = change.tenant_id AND activity.id = change.record_id
 WHERE change.tenant_id = %(tenant)s AND change.change_set_id = %(change_set)s
   AND change.entity = 'crm.activity'
UNION
SELECT (side ->> 'customer')::uuid, (side ->> 'contact')::uuid, (side ->> 'deal')::uuid
  FROM history_change AS change, unnest(ARRAY[change.before, change.after]) AS side
 WHERE change.tenant_id = %(tenant)s AND change.change_set_id = %(change_set)s
   AND change.entity = 'crm.activity'
"""


def refresh_times_of_set(change_set_id: UUID) -> None:
    """Work out the times anew after a change set that wrote activities by itself (an undo)."""
    context = current()
    with connections[context.alias].cursor() as cursor:
        cursor.execute(_OF_SET, {"tenant": context.tenant_id, "change_set": change_set_id})
        subjects = cursor.fetchall()
    refresh_activity_times(subjects)


def follow_activities_after_undo() -> None:
    """Tell history that activity times follow what an undo writes."""
    follow_undo(entity_of(Activity), refresh_times_of_set)
