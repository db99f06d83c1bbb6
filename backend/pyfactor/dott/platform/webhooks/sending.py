"""What people ask for by hand: a message to try an endpoint, and messages sent again."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from dott.platform.history.actor import Actor
from dott.platform.tenancy.context import current
from dott.platform.webhooks.dispatch import message
from dott.platform.webhooks.events import TEST
from dott.platform.webhooks.models import Delivery, Endpoint
from dott.platform.webhooks.retention import schedule_purge
from dott.platform.webhooks.wake import wake_endpoints


class EndpointIsOff(Exception):
    """Nothing is sent to an endpoint that is switched off (409)."""


class AlreadyWaiting(Exception):
    """The message will be sent in any case (409)."""


def send_test(*, actor: Actor, endpoint: Endpoint) -> Delivery:
    """A message that says nothing, to see whether it arrives. Raises EndpointIsOff."""
    _must_be_on(endpoint)
    now = timezone.now()
    data = {
        "business": str(current().tenant_id),
        "actor": str(actor.membership_id),
        "endpoint": str(endpoint.pk),
    }
    delivery: Delivery = Delivery.objects.create(
        endpoint=endpoint, event_type=TEST, body=message(TEST, now, data), next_attempt_at=now
    )
    delivery.refresh_from_db(using=current().alias)
    wake_endpoints([endpoint.pk])
    schedule_purge()
    return delivery


def replay(delivery: Delivery) -> Delivery:
    """Send one message again, delivered or failed, as the same one. Raises EndpointIsOff, AlreadyWaiting."""
    _must_be_on(delivery.endpoint)
    if delivery.state == Delivery.State.WAITING:
        raise AlreadyWaiting
    _wait_again([delivery.pk])
    delivery.refresh_from_db(using=current().alias)
    wake_endpoints([delivery.endpoint_id])
    return delivery


def replay_failed(*, endpoint: Endpoint, since: datetime) -> int:
    """Send every failed message again that was made since then; returns how many. Raises EndpointIsOff."""
    _must_be_on(endpoint)
    failed = Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.FAILED, created_at__gte=since)
    count = _wait_again(list(failed.values_list("pk", flat=True)))
    if count:
        wake_endpoints([endpoint.pk])
    return count


def _wait_again(ids: list[UUID]) -> int:
    again = Delivery.objects.filter(pk__in=ids).exclude(state=Delivery.State.WAITING)
    return int(again.update(state=Delivery.State.WAITING, tries=0, next_attempt_at=timezone.now()))


def _must_be_on(endpoint: Endpoint) -> None:
    if not endpoint.is_enabled:
        raise EndpointIsOff
