"""POST and PATCH of a plain resource, without the layers between: the front asks what they would ask, then
the viewset does what it always does, in a transaction opened as always.

It never refuses anything, and it answers nothing but success: for all else the transaction is rolled back,
and Django gets the untouched request. Only once COMMIT has been sent there is no way back, for nobody may do
it twice.
"""

import inspect
import io
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import structlog
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import RejectRequest
from rest_framework.renderers import JSONRenderer

from dott.platform.api.database_errors import explain
from dott.platform.api.edge import Environ, Headers
from dott.platform.api.errors import ProblemError
from dott.platform.api.idempotency import Claim, key_of
from dott.platform.api.parsers import loads
from dott.platform.api.plans import NotPlanned
from dott.platform.api.plans.routes import WriteMatch
from dott.platform.api.problems import MEDIA_TYPE, problem_body
from dott.platform.api.views import CHANGE_SET_HEADER
from dott.platform.history import record as history
from dott.platform.identity import csrf, roles
from dott.platform.identity.authentication import Actor
from dott.platform.tenancy import one_trip, transactions
from dott.platform.tenancy.context import Context, activated
from dott.platform.tenancy.direct import NotCommitted, Query

_JSON = frozenset({"application/json", "application/json; charset=utf-8", "application/json;charset=utf-8"})
_NO_PARAMETERS = QueryDict("")
log = structlog.get_logger(__name__)
_render = JSONRenderer().render


class Written(NamedTuple):
    """The answer. headers: those that are this answer's own."""

    status: int
    headers: Headers
    body: bytes
    context: Context | None
    media_type: str = "application/json"


class PlainRequest:
    """What of a request a viewset's write and its hooks may look at. Whatever else they ask for is not there,
    and Django answers."""

    def __init__(self, environ: Environ, data: Any, context: Context) -> None:
        self.method, self.path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        self.data, self.query_params = data, _NO_PARAMETERS
        self.headers = _HeadersOf(environ)
        self.user = Actor.of(context)


class _HeadersOf:
    def __init__(self, environ: Environ) -> None:
        self._environ = environ

    def get(self, name: str, default: Any = None) -> Any:
        """As HttpRequest.headers, for all but the headers of the body."""
        return self._environ.get(f"HTTP_{name.upper().replace('-', '_')}", default)


class Write:
    """One request. token: of its one session. named: the request's id."""

    def __init__(self, environ: Environ, match: WriteMatch, token: str, named: str) -> None:
        self.environ, self.match, self.token, self.named = environ, match, token, named
        self.claim: Claim | None = None
        self.is_committing = False

    def answer(self) -> Written:
        """What the viewset answers. Raises NotPlanned, with nothing written, for what is Django's to do."""
        data = self._data()
        try:
            self.claim = self._claimed(data)
            with structlog.contextvars.bound_contextvars(request_id=self.named):
                return self._done(data)
        except NotPlanned:
            raise
        except NotCommitted as error:
            raise NotPlanned("nothing was committed") from error
        except Exception as error:
            if self.is_committing:
                return self._uncertain(error)
            # Refused, or not foreseen. It is Django's to say how.
            raise NotPlanned(type(error).__name__) from error

    def _data(self) -> Any:
        """The body, which stays to be read again. Raises NotPlanned."""
        environ = self.environ
        if environ.get("QUERY_STRING"):
            raise NotPlanned("a write with parameters")
        if environ.get("CONTENT_TYPE", "").lower() not in _JSON:
            raise NotPlanned("the body is not JSON")
        try:
            csrf.check_source(environ)
            csrf.check_token(environ, csrf.csrf_secret(self.token))
        except RejectRequest:
            raise NotPlanned("the source is refused") from None
        length = environ.get("CONTENT_LENGTH") or ""
        if not (
            length.isascii() and length.isdigit() and 0 < int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        ):
            raise NotPlanned("the length is refused")
        raw = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = io.BytesIO(raw)
        if len(raw) != int(length):
            raise NotPlanned("the body is not whole")
        try:
            return loads(raw)
        except ProblemError:
            raise NotPlanned("the body is refused") from None

    def _claimed(self, data: Any) -> Claim | None:
        """What makes sure that a new record with a key is made once; None without a key."""
        header = self.environ.get("HTTP_IDEMPOTENCY_KEY")
        if header is None or self.match.id is not None:
            return None
        return Claim(self.environ["PATH_INFO"], key_of(header), data, _NO_PARAMETERS)

    def _done(self, data: Any) -> Written:
        history.forget_written()
        token_hash = sha256(self.token.encode()).digest()
        with transactions.session(token_hash, ahead=self._ahead(token_hash, data)) as context:
            one_trip.remember(token_hash, context)
            if not self._may(context):
                raise NotPlanned("the role is refused")
            if self.claim and self.claim.take() is not None:
                raise NotPlanned("the key was used before")
            response = self._respond(PlainRequest(self.environ, data, context))
            if response.status_code >= 400:
                raise NotPlanned("the viewset refuses")
            headers = [(name, response[name]) for name in ("ETag", "Location") if name in response]
            if made := history.written():
                headers.append((CHANGE_SET_HEADER, ", ".join(map(str, made))))
            body = response.data if isinstance(response.data, bytes) else _render(response.data)
            answer = Written(response.status_code, headers, body, context)
            if self.claim:
                self.claim.store_with_commit(answer.status, dict(headers), answer.body)
            self.is_committing = True
        return answer

    def _may(self, context: Context) -> bool:
        route = self.match.route
        least = roles.minimum(route.name, self.environ["REQUEST_METHOD"], route.action)
        return least is not None and roles.suffices(context.role, least)

    def _ahead(self, token_hash: bytes, data: Any) -> list[Query]:
        """What is asked first of all, for who was last seen to be allowed to: whether the key was used, or
        the record that the viewset will lock; and what has to be known of the business's own fields."""
        context = one_trip.remembered(token_hash)
        if context is None or not self._may(context):
            return []
        asked, route, id_ = [], self.match.route, self.match.id
        with activated(context):
            if self.claim:
                asked.append(self.claim.query())
            if id_ is not None and context.sees is None:
                asked.append(route.locking.query(UUID(id_)))
            # What is new may have to have some of them.
            asked += [own.query() for name, own in route.own_fields.items() if id_ is None or name in data]
        return asked

    def _respond(self, request: PlainRequest) -> Any:
        view: Any = self.match.route.make()
        view.request, view.args, view.action, view.format_kwarg = request, (), self.match.route.action, None
        view.shown = self.match.route.shown or view.shown
        if self.match.id is None:
            view.kwargs = {}
            # Its key is claimed here, and its answer kept.
            return inspect.unwrap(type(view).create)(view, request)
        view.kwargs = {"pk": UUID(self.match.id)}
        return view.partial_update(request, **view.kwargs)

    def _uncertain(self, error: Exception) -> Written:
        """COMMIT failed, or what comes behind it. Nobody knows here whether it was done, so it is not tried
        again."""
        request = HttpRequest()
        request.path = self.environ["PATH_INFO"]
        request.request_id = self.named  # type: ignore[attr-defined]  # our own addition
        cause = explain(error) if isinstance(error, DatabaseError | psycopg.Error) else None
        log.error("not known to be committed", exc_info=error)
        if cause is None:
            status, code, detail, headers = 500, "server_error", "Something went wrong on our side.", {}
        else:
            status, code, detail, headers = cause.status, cause.code, cause.detail, cause.headers
        body = problem_body(request, status, code, detail)
        return Written(status, [*headers.items()], _render(body), None, MEDIA_TYPE)
