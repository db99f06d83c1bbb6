"""Sending what waits for one endpoint, one message after the other and never two at once."""

import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Min
from django.utils import timezone

from dott.platform.egress.client import Answer, post
from dott.platform.jobs.queue import NotYet, outgoing_job
from dott.platform.tenancy import transactions
from dott.platform.tenancy.context import current
from dott.platform.webhooks import signing
from dott.platform.webhooks.endpoints import current_secrets, fail_waiting, switch_off_unsigned
from dott.platform.webhooks.models import Delivery, Endpoint
from dott.platform.webhooks.settle import settle
from dott.platform.webhooks.wake import KIND, leave_to_another

# Longer than an attempt can take.
LEASE = timedelta(seconds=60)
# After so long others have their turn; what is left waits at the end of the queue.
TURN_S = 30.0
USER_AGENT = "Dott-Webhooks/1"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent outside any transaction. secrets: those that sign now."""

    endpoint_id: UUID
    delivery_id: UUID
    message_id: str
    url: str
    body: bytes
    secrets: list[str]


@outgoing_job(KIND)
def deliver(job_id: UUID, endpoint_id: str) -> None:
    """Send what is due, and come back when the next is. Safe to run twice: the lease is what makes it one."""
    ends = time.monotonic() + TURN_S
    while time.monotonic() < ends:
        with transactions.job(job_id):
            parcel = _take(endpoint_id)
        if parcel is None:
            break
        answer = _send(parcel)
        with transactions.job(job_id):
            settle(parcel.endpoint_id, parcel.delivery_id, answer)
    with transactions.job(job_id):
        if not Endpoint.objects.filter(pk=endpoint_id, is_enabled=True).exists():
            fail_waiting(endpoint_id)
            return
        waiting = Delivery.objects.filter(endpoint_id=endpoint_id, state=Delivery.State.WAITING)
        times = waiting.aggregate(due=Min("next_attempt_at"), free=Min("leased_until"))
        until = max((at for at in times.values() if at is not None), default=None)
        if until is None or leave_to_another(job_id, endpoint_id, until):
            return
    raise NotYet(until)


def _take(endpoint_id: str) -> Parcel | None:
    """The next message that is due, leased; None when there is none or another is on its way."""
    now = timezone.now()
    endpoint = (
        Endpoint.objects.select_for_update(of=("self",)).filter(pk=endpoint_id, is_enabled=True).first()
    )
    waiting = Delivery.objects.filter(endpoint_id=endpoint_id, state=Delivery.State.WAITING)
    if endpoint is None or waiting.filter(leased_until__gt=now).exists():
        return None
    delivery = waiting.filter(next_attempt_at__lte=now).order_by("next_attempt_at", "id").first()
    if delivery is None:
        return None
    secrets = current_secrets(endpoint, at=now)
    if not secrets:
        switch_off_unsigned(endpoint, actor=current())
        return None
    delivery.leased_until = now + LEASE
    delivery.save(update_fields=["leased_until"])
    return Parcel(
        endpoint.id, delivery.id, delivery.message_id, endpoint.url, delivery.body.encode(), secrets
    )


def _send(parcel: Parcel) -> Answer:
    stamps = signing.headers(parcel.message_id, int(time.time()), parcel.body, parcel.secrets)
    head = {"Content-Type": "application/json", "User-Agent": USER_AGENT}
    return post(parcel.url, headers=head | stamps, body=parcel.body)
