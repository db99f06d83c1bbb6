"""Asking the front and Django the same."""

import json
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from dott.platform.api.plans.front import Front

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
    extra = {
        "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={token}",
        "HTTP_X_REQUEST_ID": "the-same-for-both",
    }
    environ = (
        RequestFactory(SERVER_NAME=HOST, HTTP_HOST=HOST)
        .generic(method, path, body, "application/json", **extra | headers)
        .environ
    )
    started: list[Any] = []
    body = application(environ, lambda *given: started.extend(given))
    content = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    status, given = started[0], dict(started[1])
    why = given.pop("Server-Timing", "")
    return Answer(status, sorted(given.items()), content, why)


def filled(headers: dict[str, str], token: str) -> dict[str, str]:
    """The headers with the session cookie's name and value in them."""
    return {
        name: value.replace("{name}", settings.SESSION_COOKIE_NAME).replace("{token}", token)
        for name, value in headers.items()
    }


class Both:
    """The front and the Django behind it, for one session token."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.django = WSGIHandler()
        self.front = Front(self.django)

    def get(self, path: str, **headers: str) -> Answer:
        """The front's answer, after it was found equal to Django's."""
        answer = ask(self.front, self.token, path, **headers)
        theirs = ask(self.django, self.token, path, **headers)
        assert answer._replace(why="") == theirs, path
        return answer
