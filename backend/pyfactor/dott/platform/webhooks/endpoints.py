"""Endpoints and their secrets. All run inside the caller's transaction and tenant."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.db import connections
from django.utils import timezone

from dott.platform.history.actor import Actor
from dott.platform.history.record import record
from dott.platform.history.tracked import change_record, create_record, deletion_of
from dott.platform.identity.factors.keys import is_sealed_by_the_first, seal_secret, unseal_secret
from dott.platform.tenancy.context import current
from dott.platform.webhooks.models import Delivery, Endpoint, EndpointSecret
from dott.platform.webhooks.signing import new_secret

# Each may have a message on its way, so this is also how many a business sends at once.
MAX_ENDPOINTS = 10
# How long the secret before signs along, unless somebody says otherwise; 0 ends one that became known.
OVERLAP = timedelta(hours=24)
DISABLED = "endpoint_disabled"


class TooManyEndpoints(Exception):
    """The business has MAX_ENDPOINTS (409)."""


class NoSecret(Exception):
    """It came back by an undo and its secret did not, or its key is gone: it needs a new one (409)."""


def create_endpoint(*, actor: Actor, values: Mapping[str, Any]) -> tuple[Endpoint, str]:
    """A new endpoint and its secret, which can be read here and never again. Raises TooManyEndpoints."""
    _one_at_a_time()
    if Endpoint.objects.count() >= MAX_ENDPOINTS:
        raise TooManyEndpoints
    endpoint = create_record(Endpoint(**values), actor=actor)
    return endpoint, _add_secret(endpoint)


def update_endpoint(*, actor: Actor, endpoint: Endpoint, values: Mapping[str, Any]) -> Endpoint:
    """Change a locked endpoint. Switched on, it forgets why it was off; switched off, what waits has failed.

    Raises NoSecret, StaleRecord (412).
    """
    was_enabled, is_enabled = endpoint.is_enabled, values.get("is_enabled", endpoint.is_enabled)
    if is_enabled and not was_enabled and not current_secrets(endpoint):
        raise NoSecret
    more = {"disabled_reason": ""} if is_enabled else {}
    changed = change_record(endpoint, {**values, **more}, actor=actor)
    if was_enabled and not is_enabled:
        fail_waiting(changed.pk)
    return changed


def delete_endpoint(*, actor: Actor, endpoint: Endpoint) -> None:
    """Remove a locked endpoint with its secrets and its log."""
    deletion = deletion_of(endpoint)
    endpoint.delete()
    record(changes=[deletion], actor_id=actor.membership_id)


def disable_endpoint(endpoint: Endpoint, reason: str, *, actor: Actor) -> None:
    """Switch it off because of how it answers. reason: a word of DisabledReason."""
    values = {"is_enabled": False, "disabled_reason": reason}
    change_record(endpoint, values, actor=actor, reason="Messages could not be delivered.")
    fail_waiting(endpoint.pk)


def rotate_secret(endpoint: Endpoint, *, overlap: timedelta) -> str:
    """A new secret for a locked endpoint; the one it replaces signs along for the overlap."""
    ends = timezone.now() + overlap
    EndpointSecret.objects.filter(endpoint=endpoint, expires_at__lte=timezone.now()).delete()
    EndpointSecret.objects.filter(endpoint=endpoint, expires_at__gt=ends).update(expires_at=ends)
    EndpointSecret.objects.filter(endpoint=endpoint, expires_at=None).update(expires_at=ends)
    return _add_secret(endpoint)


def current_secrets(endpoint: Endpoint, *, at: datetime | None = None) -> list[str]:
    """The secrets that sign now, the newest first."""
    now = at or timezone.now()
    known = EndpointSecret.objects.filter(endpoint=endpoint).order_by("-id")
    living = [secret for secret in known if secret.expires_at is None or secret.expires_at > now]
    return [opened for secret in living if (opened := _opened(secret)) is not None]


def _opened(secret: EndpointSecret) -> str | None:
    """The secret, sealed anew if the key that seals has changed; None when its key is no longer known."""
    try:
        opened = unseal_secret(secret.sealed)
    except InvalidToken:
        return None
    if not is_sealed_by_the_first(secret.sealed):
        EndpointSecret.objects.filter(pk=secret.pk).update(sealed=seal_secret(opened))
    return opened


def switch_off_unsigned(endpoint: Endpoint, *, actor: Actor) -> None:
    """Nothing is sent unsigned, and it has no secret that could be read: it needs a new one."""
    change_record(endpoint, {"is_enabled": False}, actor=actor, reason="It has no secret.")
    fail_waiting(endpoint.pk)


def _add_secret(endpoint: Endpoint) -> str:
    secret = new_secret()
    EndpointSecret.objects.create(endpoint=endpoint, sealed=seal_secret(secret))
    return secret


def fail_waiting(endpoint_id: UUID | str) -> None:
    """What waits for an endpoint that is off will not be sent, unless somebody asks for it again."""
    waiting = Delivery.objects.filter(endpoint_id=endpoint_id, state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.FAILED, last_error=DISABLED, next_attempt_at=None, leased_until=None)


def _one_at_a_time() -> None:
    """Two requests at once would count the same endpoints. The lock is the business's, until the commit."""
    with connections[current().alias].cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"webhooks {current().tenant_id}"]
        )
