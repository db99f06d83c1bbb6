"""API keys for tests, and a program that uses one."""

from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from rest_framework.test import APIClient

from dott.platform.identity import scopes
from dott.platform.identity.keys.format import new_key, stored_hash
from dott.platform.identity.models import ApiKey
from dott.platform.tenancy.router import AUTH
from tests.world import Person

READS = tuple(scope for scope in scopes.every() if scope.endswith(":read"))


class Made(NamedTuple):
    """A key and its row."""

    key: str
    row: ApiKey


def made_key(person: Person, granted: tuple[str, ...] | None = None, **columns: Any) -> Made:
    """A key of this person's in the business her session is in. granted: by default every scope."""
    made = new_key()
    values: dict[str, Any] = {
        "name": "Till",
        "scopes": " ".join(scopes.every() if granted is None else granted),
        "has_second_factor": False,
        "expires_at": timezone.now() + timedelta(days=30),
    }
    values |= {"business_id": person.tenant_id, "user_id": person.user_id} | columns
    row = ApiKey(prefix=made.name, key_hash=stored_hash(made.key), **values)
    row.save(using=AUTH, force_insert=True)
    return Made(made.key, row)


def program(key: str) -> APIClient:
    """A client that sends nothing but the key: no cookie, no origin, no CSRF token."""
    client = APIClient(enforce_csrf_checks=True, raise_request_exception=False)
    client.default_format = "json"
    client.defaults["SERVER_NAME"] = urlsplit(settings.PUBLIC_ORIGIN).hostname
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return client
