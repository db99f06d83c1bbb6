"""From a change set to its messages: one for each endpoint and kind of event, however many records it has."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections
from django.utils import timezone

from dott.platform.history.models import ChangeSet
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import job
from dott.platform.tenancy.context import current, seeing_everything
from dott.platform.webhooks.announce import KIND
from dott.platform.webhooks.events import entities, event_type
from dott.platform.webhooks.models import Delivery, Endpoint
from dott.platform.webhooks.retention import schedule_purge
from dott.platform.webhooks.wake import wake_endpoints

# So many records are named; of more, the receiver reads /api/changes/{id}/records/.
MAX_NAMED = 100
# The standard's advice for a message.
MAX_BODY_BYTES = 20_000

# By kind of record and operation: how many there are, and the first of them.
_EVENTS = """
SELECT entity, operation, count(*),
       jsonb_agg(
           CASE WHEN operation = 'update'
                THEN jsonb_build_object('id', record_id, 'changed',
                         (SELECT jsonb_agg(name ORDER BY name) FROM jsonb_object_keys(after) AS name))
                ELSE jsonb_build_object('id', record_id) END
           ORDER BY id) FILTER (WHERE place <= %(named)s)
  FROM (SELECT id, entity, operation, record_id, after,
               row_number() OVER (PARTITION BY entity, operation ORDER BY id) AS place
          FROM history_change
         WHERE tenant_id = %(tenant)s AND change_set_id = %(change_set)s AND entity = ANY (%(entities)s)
       ) AS change
 GROUP BY entity, operation
 ORDER BY entity, operation
"""


class Event(NamedTuple):
    """What a change set did to one kind of record. total: how many of them; records: the first."""

    type: str
    total: int
    records: list[dict[str, Any]]


@job(KIND, is_fleeting=True)
def dispatch(background: Job, change_set_id: str) -> None:
    """Write the messages of one change set. Safe to run twice: an endpoint is told of each event once."""
    # What an endpoint hears of does not depend on who made the change.
    with seeing_everything():
        _dispatch(change_set_id)


def _dispatch(change_set_id: str) -> None:
    change_set = ChangeSet.objects.filter(pk=change_set_id).first()
    endpoints = list(Endpoint.objects.filter(is_enabled=True).order_by("id"))
    if change_set is None or not endpoints:
        return
    deliveries = list(_deliveries(change_set, endpoints))
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    wake_endpoints({delivery.endpoint_id for delivery in deliveries})
    if deliveries:
        schedule_purge()


def message(type_: str, at: datetime, data: dict[str, Any]) -> str:
    """The body of a message, as it is signed and sent."""
    return json.dumps({"type": type_, "timestamp": at.isoformat(), "data": data}, separators=(",", ":"))


def _deliveries(change_set: ChangeSet, endpoints: list[Endpoint]) -> Iterator[Delivery]:
    now = timezone.now()
    for event in _events(change_set.id):
        body = ""
        for endpoint in endpoints:
            if endpoint.hears(event.type):
                body = body or _body(change_set, event)
                yield Delivery(
                    endpoint=endpoint,
                    change_set=change_set,
                    event_type=event.type,
                    body=body,
                    next_attempt_at=now,
                )


def _events(change_set_id: UUID) -> list[Event]:
    context = current()
    params: dict[str, Any] = {
        "tenant": context.tenant_id,
        "change_set": change_set_id,
        "entities": entities(),
        "named": MAX_NAMED,
    }
    with connections[context.alias].cursor() as cursor:
        cursor.execute(_EVENTS, params)
        rows = cursor.fetchall()
    return [
        Event(event_type(entity, operation), count, json.loads(named) if isinstance(named, str) else named)
        for entity, operation, count, named in rows
    ]


def _body(change_set: ChangeSet, event: Event) -> str:
    """Which records, and which of their fields: never a value. Whoever may read them asks the API."""
    records = event.records
    while True:
        body = message(
            event.type,
            change_set.created_at,
            {
                "business": str(change_set.tenant_id),
                "change_set": str(change_set.id),
                "kind": change_set.kind,
                "actor": str(change_set.actor_id) if change_set.actor_id else None,
                "undoes": str(change_set.undoes_id) if change_set.undoes_id else None,
                "count": event.total,
                "records": records,
                "has_more": event.total > len(records),
            },
        )
        if len(body.encode()) <= MAX_BODY_BYTES:
            return body
        records = records[: len(records) // 2]
