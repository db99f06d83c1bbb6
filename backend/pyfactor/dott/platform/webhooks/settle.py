"""What an answer means: done, again later, given up, or the endpoint is switched off."""

import random
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from dott.platform.egress.client import Answer
from dott.platform.jobs.queue import soon
from dott.platform.tenancy.context import current
from dott.platform.webhooks.endpoints import disable_endpoint
from dott.platform.webhooks.models import Delivery, DisabledReason, Endpoint
from dott.platform.webhooks.notice import KIND as NOTICE

# After the first attempt (security.md 5.8): 76 hours in all, then it is given up.
SCHEDULE = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
JITTER = 0.2
# Who does not answer at all is left alone for a moment, whatever else waits for him.
SILENCE = timedelta(minutes=1)
GONE = 410
# Switched off after so many failures in a row over so long.
MAX_FAILURES, FAILING_FOR = 10, timedelta(days=3)
KEPT_ATTEMPTS = 20


def settle(endpoint_id: UUID, delivery_id: UUID, answer: Answer) -> None:
    """Keep the outcome of one attempt, and draw its consequences. Nothing when the endpoint is gone."""
    endpoint = Endpoint.objects.select_for_update(of=("self",)).filter(pk=endpoint_id).first()
    delivery = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.WAITING).first()
    if endpoint is None or delivery is None:
        return
    now = timezone.now()
    _note(delivery, answer, now)
    is_taken = answer.status is not None and 200 <= answer.status < 300
    if is_taken:
        delivery.state, delivery.next_attempt_at = Delivery.State.DELIVERED, None
    elif delivery.tries > len(SCHEDULE):
        delivery.state, delivery.next_attempt_at = Delivery.State.FAILED, None
    else:
        delivery.next_attempt_at = now + _pause(delivery.tries)
    delivery.save()
    if not is_taken:
        _after_failure(endpoint, delivery, answer, now)
    elif endpoint.failures:
        Endpoint.objects.filter(pk=endpoint.pk).update(failures=0, failing_since=None)


def _note(delivery: Delivery, answer: Answer, now: datetime) -> None:
    """In the message's own log."""
    error = answer.error or _error_of(answer.status)
    delivery.tries += 1
    delivery.leased_until = None
    delivery.last_attempt_at = now
    delivery.last_status, delivery.last_error = answer.status, error
    delivery.last_duration_ms = answer.duration_ms
    attempt = {
        "at": now.isoformat(),
        "status": answer.status,
        "error": error,
        "duration_ms": answer.duration_ms,
        "head": answer.head,
    }
    delivery.attempts = [*delivery.attempts, attempt][-KEPT_ATTEMPTS:]


def _error_of(status: int | None) -> str:
    if status is not None and 300 <= status < 400:
        return "redirect_refused"
    return "" if status is not None and 200 <= status < 300 else "status_refused"


def _pause(tries: int) -> timedelta:
    return SCHEDULE[tries - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  (spreads load, hides nothing)


def _after_failure(endpoint: Endpoint, delivery: Delivery, answer: Answer, now: datetime) -> None:
    since = endpoint.failing_since or now
    Endpoint.objects.filter(pk=endpoint.pk).update(failures=F("failures") + 1, failing_since=since)
    if answer.status is None:
        waiting = Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.WAITING)
        others = waiting.exclude(pk=delivery.pk).filter(next_attempt_at__lt=now + SILENCE)
        others.update(next_attempt_at=now + SILENCE)
    reason = ""
    if answer.status == GONE:
        reason = DisabledReason.GONE
    elif endpoint.failures + 1 >= MAX_FAILURES and now - since >= FAILING_FOR:
        reason = DisabledReason.FAILING
    if reason and endpoint.is_enabled:
        disable_endpoint(endpoint, reason, actor=current())
        soon(NOTICE, endpoint_id=str(endpoint.pk))
