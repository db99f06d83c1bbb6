"""Asking the front, in a thread and in an event loop, and Django the same."""

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from dott.platform.api.asgi import Reply
from dott.platform.api.gate import Gate, Places
from dott.platform.api.plans.front import Front
from dott.platform.api.plans.quick import QuickReads
from dott.platform.tenancy.lanes import Lanes

T = TypeVar("T")
SOON_S = 30.0
LIST = "/api/crm/customers/"
HOST = urlsplit(settings.PUBLIC_ORIGIN).hostname


class Answer(NamedTuple):
    """What came back over WSGI. why: of Server-Timing, "" when the front answered."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    why: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    application: Any, token: str, path: str, method: str = "GET", body: bytes = b"", **headers: str
) -> Answer:
    """One request. body: JSON. headers: WSGI names, such as HTTP_IF_NONE_MATCH."""
    environ = environ_of(token, path, method, body, **headers)
    started: list[Any] = []
    body = application(environ, lambda *given: started.extend(given))
    content = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    status, given = started[0], dict(started[1])
    why = given.pop("Server-Timing", "")
    return Answer(status, sorted(given.items()), content, why)


def environ_of(
    token: str, path: str, method: str = "GET", body: bytes = b"", **headers: str
) -> dict[str, Any]:
    """Of one request, as `ask` sends it."""
    extra = {
        "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={token}",
        "HTTP_X_REQUEST_ID": "the-same-for-both",
    }
    made = RequestFactory(SERVER_NAME=HOST, HTTP_HOST=HOST).generic(
        method, path, body, "application/json", **extra | headers
    )
    environ: dict[str, Any] = made.environ
    return environ


class Loop:
    """An event loop with one lane. errors: of callbacks, which have nobody to raise them to."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.threads = ThreadPoolExecutor(1)
        self.lanes = Lanes(self.threads, most=1)
        self.errors: list[dict[str, Any]] = []
        self.loop.set_exception_handler(lambda _, error: self.errors.append(error))

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What it returns."""
        return self.loop.run_until_complete(asyncio.wait_for(coroutine, SOON_S))

    def quick(self, front: Front) -> QuickReads:
        """The front's quick reads, when there is a lane for them."""
        self.run(self._opened())
        return QuickReads(front, self.lanes, Gate(Places(8, 64)), _nobody)

    async def _opened(self) -> None:
        for _ in range(500):
            if self.lanes.least():
                return
            await asyncio.sleep(0.01)
        raise AssertionError("no lane was opened")


async def _nobody(*_given: Any) -> None:
    raise AssertionError("nobody else is asked")


@cache
def the_loop() -> Loop:
    """The run's one. tests/front/conftest.py closes its lane."""
    return Loop()


def ask_quick(front: Front, token: str, path: str, **headers: str) -> Answer | None:
    """One GET in the event loop; None when it is left to a thread."""
    environ = environ_of(token, path, **headers)
    match, quick = front.routes.match(environ["PATH_INFO"]), the_loop().quick(front)
    reply: Reply | None = the_loop().run(quick.answer(environ, match)) if match else None
    if reply is None:
        return None
    status = f"{reply.status} {HTTPStatus(reply.status).phrase}"
    return Answer(status, sorted(dict(reply.headers).items()), reply.body, "")


def filled(headers: dict[str, str], token: str) -> dict[str, str]:
    """The headers with the session cookie's name and value in them."""
    return {
        name: value.replace("{name}", settings.SESSION_COOKIE_NAME).replace("{token}", token)
        for name, value in headers.items()
    }


class Both:
    """The front, in a thread and in an event loop, and the Django behind it, for one session token.

    quick: how many requests were answered in the loop.
    """

    def __init__(self, token: str) -> None:
        self.token, self.quick = token, 0
        self.django = WSGIHandler()
        self.front = Front(self.django)

    def get(self, path: str, **headers: str) -> Answer:
        """The front's answer, after it was found equal to Django's."""
        answer = ask(self.front, self.token, path, **headers)
        theirs = ask(self.django, self.token, path, **headers)
        assert answer._replace(why="") == theirs, path
        if (quick := ask_quick(self.front, self.token, path, **headers)) is not None:
            self.quick += 1
            assert quick == theirs, path
        return answer
