"""Rate limits that hold under any number of simultaneous requests.

REST framework's throttles read, decide and write back: of 60 simultaneous attempts up to 60 pass a
limit of 10 (security.md M1). Here one statement counts and answers, and PostgreSQL's row lock puts
simultaneous hits in a row.
"""

import hashlib
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse

from dott.platform.api.errors import ProblemError, problem_response
from dott.platform.tenancy.router import AUTH

_DETAIL = "Too many attempts. Wait a little and try again."

# The window starts at the first hit and is not moved by later ones.
_HIT = """
    INSERT INTO api_rate_limit AS counter (scope, key, hits, window_started_at)
    VALUES (%(scope)s, %(key)s, 1, clock_timestamp())
    ON CONFLICT (scope, key) DO UPDATE SET (hits, window_started_at) = (
        SELECT CASE WHEN over THEN 1 ELSE counter.hits + 1 END,
               CASE WHEN over THEN clock_timestamp() ELSE counter.window_started_at END
          FROM (SELECT counter.window_started_at + %(window)s * interval '1 second' <= clock_timestamp())
               AS the_window (over))
    RETURNING hits, extract(epoch FROM window_started_at - clock_timestamp()) + %(window)s
"""
# Each new window clears away two that ended long ago, so the table stays as small as its use.
_CLEAR = """
    DELETE FROM api_rate_limit WHERE (scope, key) IN (
        SELECT scope, key FROM api_rate_limit
         WHERE window_started_at < clock_timestamp() - interval '2 days'
         LIMIT 2 FOR UPDATE SKIP LOCKED)
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one attempt passes. `retry_after_s`: seconds until the window ends."""

    scope: str
    allowed: bool
    limit: int
    window_s: int
    remaining: int
    retry_after_s: int

    def headers(self) -> dict[str, str]:
        """RateLimit fields (draft-ietf-httpapi-ratelimit-headers), and Retry-After on a refusal."""
        fields = {
            "RateLimit-Policy": f'"{self.scope}";q={self.limit};w={self.window_s}',
            "RateLimit": f'"{self.scope}";r={self.remaining};t={self.retry_after_s}',
        }
        return fields if self.allowed else fields | {"Retry-After": str(self.retry_after_s)}


class RateLimited(ProblemError):
    """429 with the verdict's headers."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(429, "rate_limited", _DETAIL, headers=verdict.headers())


def hit(scope: str, key: str) -> Verdict:
    """Count one attempt and judge it. scope: a name in settings.RATE_LIMITS, {scope: (limit, window_s)}.

    Runs in autocommit apart from any transaction of the request: a refused request that rolls back
    has still been counted, and nobody waits for a request to end before being counted.
    """
    limit, window_s = settings.RATE_LIMITS[scope]
    with _autocommit() as connection, connection.cursor() as cursor:
        cursor.execute(_HIT, {"scope": scope, "key": _digest(key), "window": window_s})
        hits, left_s = cursor.fetchone()
        if hits == 1:
            cursor.execute(_CLEAR)
    return Verdict(
        scope=scope,
        allowed=hits <= limit,
        limit=limit,
        window_s=window_s,
        remaining=max(0, limit - hits),
        retry_after_s=max(1, math.ceil(left_s)),
    )


def enforce(scope: str, key: str) -> Verdict:
    """Like hit, but a refusal raises RateLimited (429)."""
    verdict = hit(scope, key)
    if not verdict.allowed:
        raise RateLimited(verdict)
    return verdict


def reset(scope: str, key: str) -> None:
    """Forget the hits of one key, as after the right password."""
    with _autocommit() as connection, connection.cursor() as cursor:
        cursor.execute("DELETE FROM api_rate_limit WHERE scope = %s AND key = %s", [scope, _digest(key)])


def refusal(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """The 429 answer, for code outside REST framework's exception handler."""
    return problem_response(request, 429, "rate_limited", _DETAIL, headers=verdict.headers())


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


@contextmanager
def _autocommit() -> Iterator[Any]:
    connection = connections[AUTH]
    if not connection.in_atomic_block:
        yield connection
        return
    separate = connection.copy()
    try:
        yield separate
    finally:
        separate.close()
