"""What happened with a customer, a contact or a deal: activities and changes, newest first.

One statement reads one page: each source gives its own newest rows beyond the cursor, by its own index, and
the newest of all are kept. A customer's timeline holds those of its deals.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections

from dott.modules.crm.models import Activity, Contact, Customer, Deal
from dott.modules.crm.models.activities import ActivityKind
from dott.platform.history.models import Change
from dott.platform.tenancy.context import current
from dott.platform.tenancy.visibility import condition_on

CHANGE = "change"
KINDS = (*ActivityKind.values, CHANGE)
SUBJECTS: dict[str, Any] = {"customer": Customer, "contact": Contact, "deal": Deal}


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry: exactly one of the two is there."""

    at: datetime
    id: UUID
    activity: Activity | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends; the next one begins beyond it."""

    at: datetime
    id: UUID


_ACTIVITIES = """
(SELECT activity.happened_at AS at, activity.id, false AS is_change
   FROM crm_activity AS activity {join}
  WHERE activity.tenant_id = %(tenant)s AND {subject} AND activity.deleted_at IS NULL AND {seen}
    AND activity.kind = ANY(%(kinds)s) AND (activity.happened_at, activity.id) < (%(at)s, %(id)s)
  ORDER BY activity.happened_at DESC, activity.id DESC LIMIT %(limit)s)
"""
_DEAL_OF_CUSTOMER = """
JOIN crm_deal AS deal ON deal.tenant_id = activity.tenant_id AND deal.id = activity.deal_id
"""
_CHANGES = """
(SELECT change_set.created_at AS at, change.id, true AS is_change
   FROM history_change AS change
   JOIN history_change_set AS change_set
     ON change_set.tenant_id = change.tenant_id AND change_set.id = change.change_set_id
  WHERE change.tenant_id = %(tenant)s AND change.record_id IN ({records}) AND {seen}
    AND (change_set.created_at, change.id) < (%(at)s, %(id)s)
  ORDER BY change_set.created_at DESC, change.id DESC LIMIT %(limit)s)
"""
_ITSELF = "SELECT %(subject)s::uuid"
_AND_DEALS = """
SELECT %(subject)s::uuid UNION ALL
SELECT id FROM crm_deal WHERE tenant_id = %(tenant)s AND customer_id = %(subject)s
"""
_LAST_ID = UUID(int=2**128 - 1)


def timeline_page(
    *, subject: str, record_id: UUID, kinds: Collection[str], after: Place | None, limit: int
) -> list[Moment]:
    """At most `limit` moments, newest first, beyond a place. Three queries.

    subject: customer, contact or deal. kinds: of KINDS.
    """
    context = current()
    sources = _sources(subject, kinds)
    if not sources:
        return []
    sql = f"SELECT at, id, is_change FROM ({' UNION '.join(sources)}) AS found"  # noqa: S608  (constants)
    with connections[context.alias].cursor() as cursor:
        cursor.execute(
            f"{sql} ORDER BY at DESC, id DESC LIMIT %(limit)s",
            {
                "tenant": context.tenant_id,
                "subject": record_id,
                "kinds": [kind for kind in kinds if kind != CHANGE],
                "at": after.at.isoformat() if after else "infinity",
                "id": after.id if after else _LAST_ID,
                "limit": limit,
            },
        )
        return _filled(cursor.fetchall())


def _sources(subject: str, kinds: Collection[str]) -> list[str]:
    sources = []
    if set(kinds) - {CHANGE}:
        seen = condition_on(Activity, "activity")
        about = f"activity.{subject}_id = %(subject)s"
        sources.append(_ACTIVITIES.format(join="", subject=about, seen=seen))
        if subject == "customer":
            theirs = "deal.customer_id = %(subject)s AND deal.tenant_id = %(tenant)s"
            sources.append(_ACTIVITIES.format(join=_DEAL_OF_CUSTOMER, subject=theirs, seen=seen))
    if CHANGE in kinds:
        records = _AND_DEALS if subject == "customer" else _ITSELF
        sources.append(_CHANGES.format(records=records, seen=condition_on(Change, "change")))
    return sources


def _filled(found: Sequence[tuple[datetime, UUID, bool]]) -> list[Moment]:
    """The rows themselves, in the same order."""
    activities = Activity.objects.select_related("assignee", "customer", "contact", "deal").defer(
        "search_text"
    )
    changes = Change.objects.select_related("change_set__actor")
    by_id: dict[UUID, Any] = {
        **activities.in_bulk([id_ for _, id_, is_change in found if not is_change]),
        **changes.in_bulk([id_ for _, id_, is_change in found if is_change]),
    }
    return [
        Moment(at, id_, None if is_change else by_id[id_], by_id[id_] if is_change else None)
        for at, id_, is_change in found
    ]
