"""Idempotency-Key: a POST that is sent again is done once and answered alike.

"Not acknowledged" does not mean "not done" (security.md M5): a client that lost the answer cannot
know. It sends the same key again. The answer is stored in the transaction that does the work, so
both are there or neither is.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, router
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.errors import Conflict, ProblemError
from dott.platform.api.models import IdempotencyKey
from dott.platform.tenancy.context import current

KEPT = timedelta(hours=24)
_KEY = re.compile(r'"?([\x21\x23-\x7e]{1,64})"?')
_KEPT_HEADERS = ("ETag", "Location")

# One statement: forget this business's expired answers, store this one. An expired row with the same
# key is overwritten; a living one, committed by a twin since we looked, is left alone (no row returned).
_STORE = """
    WITH expired AS (
        DELETE FROM api_idempotency_key
         WHERE tenant_id = %(tenant)s AND created_at < %(horizon)s
           AND (membership_id, route, key) <> (%(membership)s, %(route)s, %(key)s)
    )
    INSERT INTO api_idempotency_key AS kept
           (tenant_id, membership_id, route, key, fingerprint, status, headers, body)
    VALUES (%(tenant)s, %(membership)s, %(route)s, %(key)s, %(fingerprint)s, %(status)s, %(headers)s, %(body)s)
    ON CONFLICT (tenant_id, membership_id, route, key) DO UPDATE
       SET fingerprint = EXCLUDED.fingerprint, status = EXCLUDED.status, headers = EXCLUDED.headers,
           body = EXCLUDED.body, created_at = now()
     WHERE kept.created_at < %(horizon)s
    RETURNING true
"""

View = Callable[..., Response]


def idempotent(method: View) -> View:
    """Decorate a POST handler of a view. Without the header nothing changes.

    Raises 400 for a malformed key, 409 while the first request is still running, 422 when the key
    was used with another body. Only answers below 400 are kept: the others rolled back.
    """

    @wraps(method)
    def handler(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key_of(request)
        if key is None:
            return method(view, request, *args, **kwargs)
        route = request._request.path
        fingerprint = _fingerprint(request)
        _claim(route, key)
        kept = _find(route, key)
        if kept is not None:
            return _replay(kept, fingerprint)
        response = method(view, request, *args, **kwargs)
        if response.status_code < 400:
            _store(route, key, fingerprint, view.finalize_response(request, response, *args, **kwargs))
        return response

    handler.is_idempotent = True  # type: ignore[attr-defined]  # for the schema
    return cast(View, handler)


def _key_of(request: Request) -> str | None:
    header = request.headers.get("Idempotency-Key")
    if header is None:
        return None
    match = _KEY.fullmatch(header.strip())
    if match is None:
        raise ProblemError(
            400, "invalid_idempotency_key", "An Idempotency-Key has 1 to 64 visible ASCII characters."
        )
    return match[1]


def _fingerprint(request: Request) -> bytes:
    """SHA-256 of the parsed body, so that spacing and key order do not matter; files by their content."""
    data = request.data
    plain = dict(data.lists()) if hasattr(data, "lists") else data
    text = json.dumps(plain, sort_keys=True, cls=_FileEncoder, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


class _FileEncoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if not isinstance(o, UploadedFile):
            return super().default(o)
        digest = hashlib.sha256()
        for chunk in o.chunks():
            digest.update(chunk)
        o.seek(0)
        return [o.name, digest.hexdigest()]


def _claim(route: str, key: str) -> None:
    """Take the key for this transaction; a twin that runs at this moment holds it."""
    context = current()
    # Advisory locks know no tenants, so the tenant is hashed in.
    name = f"{context.tenant_id}|{context.membership_id}|{route}|{key}"
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    with connections[router.db_for_write(IdempotencyKey)].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise _in_flight()


def _find(route: str, key: str) -> IdempotencyKey | None:
    return cast(
        IdempotencyKey | None,
        IdempotencyKey.objects.filter(
            membership_id=current().membership_id, route=route, key=key, created_at__gte=timezone.now() - KEPT
        ).first(),
    )


def _replay(kept: IdempotencyKey, fingerprint: bytes) -> HttpResponse:
    if bytes(kept.fingerprint) != fingerprint:
        raise ProblemError(
            422, "idempotency_key_reused", "This Idempotency-Key was used for a request with another body."
        )
    headers = kept.headers | {"Idempotency-Replayed": "true"}
    return HttpResponse(
        bytes(kept.body), status=kept.status, content_type="application/json", headers=headers
    )


def _store(route: str, key: str, fingerprint: bytes, response: Any) -> None:
    context = current()
    body = response.render().content if hasattr(response, "render") else response.content
    with connections[router.db_for_write(IdempotencyKey)].cursor() as cursor:
        cursor.execute(
            _STORE,
            {
                "tenant": context.tenant_id,
                "membership": context.membership_id,
                "route": route,
                "key": key,
                "fingerprint": fingerprint,
                "status": response.status_code,
                "headers": json.dumps({name: response[name] for name in _KEPT_HEADERS if name in response}),
                "body": body,
                "horizon": timezone.now() - KEPT,
            },
        )
        if cursor.fetchone() is None:
            raise _in_flight()


def _in_flight() -> Conflict:
    return Conflict(
        "The first request with this Idempotency-Key is still running. Ask again in a moment.",
        "idempotency_in_flight",
        headers={"Retry-After": "1"},
    )
