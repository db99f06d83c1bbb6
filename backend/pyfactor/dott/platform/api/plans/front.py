"""The WSGI application before Django: answers planned reads and plain writes, hands everything else on.

It gives nobody anything that Django would not: who asks is proved by the same app.enter() in the same
transaction as the queries, the role by the same table, and every doubt (another method, a credential it does
not know, a value that is refused, a session that has ended, an error) is Django's to answer.
"""

import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import psycopg
import structlog
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import get_bytes_from_wsgi
from django.db import close_old_connections
from django.http import QueryDict
from django.http.request import split_domain_port, validate_host
from psycopg_pool import PoolTimeout

from dott.platform.api.asgi import Reply
from dott.platform.api.edge import Edge, Environ, Headers, request_id
from dott.platform.api.errors import ProblemError
from dott.platform.api.logs import write_request_line
from dott.platform.api.plans import NotPlanned
from dott.platform.api.plans.plan import Answer, ListRead, RecordRead
from dott.platform.api.plans.routes import WRITES, Match, Routes, WriteMatch
from dott.platform.api.plans.writes import Write
from dott.platform.identity import roles
from dott.platform.tenancy import one_trip
from dott.platform.tenancy.context import Context, activated
from dott.platform.tenancy.transactions import MembershipRefused, SessionRefused
from dott.platform.tenancy.wire import Statement

log = structlog.get_logger(__name__)

StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_STATUS = {200: "200 OK", 304: "304 Not Modified"}
_ACCEPTED = frozenset(
    {
        "", "*/*", "application/json", "application/json, text/plain, */*",
        # The web client's.
        "application/json, application/problem+json",
    }
)  # fmt: skip
# Of psycopg's errors, and the pool that had no connection to give: Django tries again, or says 503.
LEFT_TO_DJANGO = (
    NotPlanned, ProblemError, SessionRefused, MembershipRefused,
    psycopg.Error, PoolTimeout, one_trip.StillMoving,
)  # fmt: skip


class Front:
    """application: Django's, for whatever has no plan. finish: what Django does when a request has ended; it
    gives the connections back to the pool."""

    def __init__(self, application: Application, finish: Callable[[], None] = close_old_connections) -> None:
        self.application, self.finish = application, finish
        self.routes = Routes()
        self.edge = Edge()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if method in WRITES and (written := self.routes.written(method, path)):
            return self._write(environ, start_response, written)
        if method == "GET" and (match := self.routes.match(path)):
            return self._read(environ, start_response, match)
        return self.application(environ, start_response)

    def _read(self, environ: Environ, start_response: StartResponse, match: Match) -> Iterable[bytes]:
        try:
            reply = one_trip.on_own_connection(self.reading(environ, match))
        except LEFT_TO_DJANGO as error:
            return self.application(environ, _saying_why(start_response, _reason(error)))
        except Exception as error:
            # A fault of ours. Django may answer all the same, so it would be seen nowhere else.
            log.exception("not read as planned")
            return self.application(environ, _saying_why(start_response, _reason(error)))
        start_response(_STATUS[reply.status], reply.headers)
        return [reply.body] if reply.body else []

    def _write(self, environ: Environ, start_response: StartResponse, match: WriteMatch) -> Iterable[bytes]:
        started, named = time.perf_counter(), request_id(environ)
        try:
            answer = Write(environ, match, self._token(environ), named).answer()
        except NotPlanned as reason:
            self.finish()
            return self.application(environ, _saying_why(start_response, str(reason)))
        self.finish()
        headers = [
            *self.edge.secured(environ),
            ("Allow", match.route.allow),
            ("X-Request-ID", named),
            *answer.headers,
            ("Content-Type", answer.media_type),
        ]
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        write_request_line(
            request_id=named,
            method=environ["REQUEST_METHOD"],
            path=environ["PATH_INFO"],
            route=match.route.pattern,
            status=answer.status,
            seconds=time.perf_counter() - started,
            context=answer.context,
        )
        return [answer.body]

    def reading(self, environ: Environ, match: Match, *, is_hurried: bool = False) -> one_trip.Reading[Reply]:
        """The answer to a planned GET; yields what PostgreSQL has to be asked, as one_trip.reading does.

        is_hurried: nothing is worked out for what cannot be quick anyway.
        Whatever it raises, nothing was answered, and it is Django's to answer.
        """
        started = time.perf_counter()
        route = match.route
        if route.plan is None:
            raise NotPlanned(route.reason)
        token = self._token(environ)
        query = _query(environ)
        read: ListRead | RecordRead
        if match.id is None:
            read = ListRead(route.plan, environ["PATH_INFO"], query)
        else:
            read = RecordRead(route.plan, match.id, query, environ.get("HTTP_IF_NONE_MATCH"))
        if is_hurried and not read.may_be_quick():
            raise NotPlanned("the read is not quick")
        least = roles.minimum(route.name, "GET", route.action)

        def ask(context: Context) -> list[Statement]:
            if least is None or not roles.suffices(context.role, least):
                raise NotPlanned("the role is refused")
            with activated(context):
                return read.statements(context)

        answer, token_hash = None, sha256(token.encode()).digest()
        while answer is None:
            context, results = yield from one_trip.reading(token_hash, ask)
            answer = read.answer(results)
        named = request_id(environ)
        write_request_line(
            request_id=named,
            method="GET",
            path=environ["PATH_INFO"],
            route=route.pattern,
            status=answer.status,
            seconds=time.perf_counter() - started,
            context=context,
        )
        return Reply(answer.status, self._headers(environ, match, answer, named), answer.body or b"")

    def _token(self, environ: Environ) -> str:
        """The session token. Raises NotPlanned where Django's layers have something to say."""
        if "HTTP_AUTHORIZATION" in environ or environ.get("SCRIPT_NAME"):
            raise NotPlanned("the credential is no session")
        if environ.get("HTTP_ACCEPT", "") not in _ACCEPTED:
            raise NotPlanned("another media type is asked for")
        if not _is_allowed_host(environ.get("HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST", "")):
            raise NotPlanned("the host is refused")
        token = self.edge.session_token(environ)
        if not token:
            raise NotPlanned("there is not one session")
        return token

    def _headers(self, environ: Environ, match: Match, answer: Answer, named: str) -> Headers:
        headers = [*self.edge.secured(environ), ("Allow", match.route.allow), ("X-Request-ID", named)]
        if answer.etag:
            headers.append(("ETag", answer.etag))
        if answer.body is not None:
            headers.append(("Content-Type", "application/json"))
        return headers


def _reason(error: Exception) -> str:
    """Why Django was asked, as Server-Timing says it."""
    match error:
        case NotPlanned():
            return str(error)
        case ProblemError():
            return "a parameter is refused"
        case SessionRefused() | MembershipRefused():
            return "the session is refused"
        case _:
            return type(error).__name__


def _query(environ: Environ) -> QueryDict:
    try:
        return _parsed(get_bytes_from_wsgi(environ, "QUERY_STRING", ""))
    except SuspiciousOperation:
        raise NotPlanned("there are too many parameters") from None


@lru_cache(maxsize=256)
def _parsed(query: bytes) -> QueryDict:
    """For all who ask the same: nobody can change it."""
    return QueryDict(query)


@lru_cache(maxsize=100)
def _is_allowed_host(host: str) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _saying_why(start_response: StartResponse, reason: str) -> StartResponse:
    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("Server-Timing", f'fallback;desc="{reason}"')], *rest)

    return start
