"""Idempotency-Key: a POST that is sent again is done once and answered alike.

"Not acknowledged" does not mean "not done" (security.md M5): a client that lost the answer cannot
know. It sends the same key again. The answer is stored in the transaction that does the work, so
both are there or neither is.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import router
from django.http import HttpResponse, QueryDict
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.errors import Conflict, ProblemError
from dott.platform.api.models import IdempotencyKey
from dott.platform.tenancy.context import current
from dott.platform.tenancy.direct import Query, execute, leave_to_commit, named

KEPT = timedelta(hours=24)
_KEY = re.compile(r'"?([\x21\x23-\x7e]{1,64})"?')
_KEPT_HEADERS = ("ETag", "Location", "Dott-Change-Set")

# One statement: hold the key until the transaction ends (a twin that runs at this moment holds it, then
# false comes back) and look for an answer. Its snapshot may be older than a twin's commit; _STORE sees that.
_CLAIM = """
    SELECT pg_try_advisory_xact_lock(%(lock)s), kept.fingerprint, kept.status, kept.headers, kept.body
      FROM (VALUES (true)) AS one
      LEFT JOIN api_idempotency_key AS kept
        ON kept.tenant_id = %(tenant)s AND kept.membership_id = %(membership)s
       AND kept.route = %(route)s AND kept.key = %(key)s
       AND kept.created_at >= now() - %(age)s::interval
"""

# One statement: forget this business's expired answers, store this one. An expired row with the same
# key is overwritten; a living one, committed by a twin since we looked, is left alone (nothing stored).
_STORE = """
    WITH expired AS (
        DELETE FROM api_idempotency_key
         WHERE tenant_id = %(tenant)s AND created_at < now() - %(age)s::interval
           AND (membership_id, route, key) <> (%(membership)s, %(route)s, %(key)s)
    ), stored AS (
        INSERT INTO api_idempotency_key AS kept
               (tenant_id, membership_id, route, key, fingerprint, status, headers, body)
        VALUES (%(tenant)s, %(membership)s, %(route)s, %(key)s,
                %(fingerprint)s, %(status)s, %(headers)s, %(body)s)
        ON CONFLICT (tenant_id, membership_id, route, key) DO UPDATE
           SET fingerprint = EXCLUDED.fingerprint, status = EXCLUDED.status, headers = EXCLUDED.headers,
               body = EXCLUDED.body, created_at = now()
         WHERE kept.created_at < now() - %(age)s::interval
        RETURNING true
    )
"""
_HOW_MANY = "SELECT count(*) FROM stored"
# Nobody reads its answer before COMMIT, so storing nothing has to be an error.
_ONE_OR_FAIL = "SELECT 1 / count(*) FROM stored"

View = Callable[..., Response]


def idempotent(method: View) -> View:
    """Decorate a POST handler of a view. Without the header nothing changes.

    Raises 400 for a malformed key, 409 while the first request is still running, 422 when the key
    was used with another body. Only answers below 400 are kept: the others rolled back.
    """

    @wraps(method)
    def handler(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        header = request.headers.get("Idempotency-Key")
        if header is None:
            return method(view, request, *args, **kwargs)
        key = key_of(header)
        claim = Claim(request.path, key, request.data, request.query_params)
        kept = claim.take()
        if kept is not None:
            return kept
        response = method(view, request, *args, **kwargs)
        if response.status_code < 400:
            claim.store(view.finalize_response(request, response, *args, **kwargs))
        return response

    handler.is_idempotent = True  # type: ignore[attr-defined]  # for the schema
    return cast(View, handler)


def key_of(header: str) -> str:
    """The key in the header. Raises 400 for what is none."""
    match = _KEY.fullmatch(header.strip())
    if match is None:
        raise ProblemError(
            400, "invalid_idempotency_key", "An Idempotency-Key has 1 to 64 visible ASCII characters."
        )
    return match[1]


def _fingerprint(data: Any, query: QueryDict) -> bytes:
    """SHA-256 of query and parsed body, so that spacing and key order do not matter; files by content."""
    plain = dict(data.lists()) if hasattr(data, "lists") else data
    if query:
        plain = [dict(query.lists()), plain]
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


class Claim:
    """One key at one address, for the length of the acting member's transaction.

    data: the parsed body.
    """

    def __init__(self, route: str, key: str, data: Any, query: QueryDict) -> None:
        self.route, self.key, self.fingerprint = route, key, _fingerprint(data, query)

    def query(self) -> Query:
        """What holds the key for the acting member and looks for her answer."""
        place = self._place()
        # Advisory locks know no tenants, so the tenant is hashed in.
        name = f"{place['tenant']}|{place['membership']}|{self.route}|{self.key}"
        lock = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        return named(_CLAIM, place | {"lock": lock})

    def take(self) -> HttpResponse | None:
        """The kept answer, or None. Raises 409 while a twin is running, 422 when the body was another."""
        ((row,),) = execute(_alias(), self.query())
        claimed, fingerprint, status, headers, body = row
        if not claimed:
            raise _in_flight()
        if fingerprint is None:
            return None
        if bytes(fingerprint) != self.fingerprint:
            raise ProblemError(
                422,
                "idempotency_key_reused",
                "This Idempotency-Key was used for a request with another body.",
            )
        return HttpResponse(
            bytes(body),
            status=status,
            content_type="application/json",
            headers=json.loads(headers) | {"Idempotency-Replayed": "true"},
        )

    def store(self, response: Any) -> None:
        """Keep the answer. Raises 409 when a twin has committed one since `take`."""
        body = response.render().content if hasattr(response, "render") else response.content
        answer = self._answer(response.status_code, response.headers, body)
        (((stored,),),) = execute(_alias(), named(_STORE + _HOW_MANY, answer))
        if not stored:
            raise _in_flight()

    def store_with_commit(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Keep the answer in COMMIT's round trip, and commit nothing when a twin has committed one since
        `take`."""
        leave_to_commit(_alias(), named(_STORE + _ONE_OR_FAIL, self._answer(status, headers, body)))

    def _place(self) -> dict[str, Any]:
        context = current()
        return {
            "tenant": context.tenant_id,
            "membership": context.membership_id,
            "route": self.route,
            "key": self.key,
            "age": KEPT,
        }

    def _answer(self, status: int, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        kept = {name: headers[name] for name in _KEPT_HEADERS if name in headers}
        return self._place() | {
            "fingerprint": self.fingerprint,
            "status": status,
            "headers": json.dumps(kept),
            "body": body,
        }


def _alias() -> str:
    return router.db_for_write(IdempotencyKey)


def _in_flight() -> Conflict:
    return Conflict(
        "The first request with this Idempotency-Key is still running. Ask again in a moment.",
        "idempotency_in_flight",
        headers={"Retry-After": "1"},
    )
