"""The test client's way into Dott for writes: through the front, as every request of a server goes.

So each test that writes over HTTP, the generated attacks before all, holds for what the front hands to a
viewset itself. Reads go to Django: the front has a connection of its own for them, which sees nothing of a
test's transaction.
"""

import threading
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from rest_framework.test import APIClient, ForceAuthClientHandler

from dott.platform.api.plans.front import Front
from dott.platform.api.plans.routes import WRITES

# Of every request of the run: how many writes the front answered, and how many it handed on.
counted = {"front": 0, "django": 0}


_local = threading.local()


def _front() -> Front:
    """One for each thread, because its application is the client's that asks."""
    if not hasattr(_local, "front"):
        # As Django's own test client, which keeps the test's connection.
        _local.front = Front(lambda *_: [], finish=lambda: None)
    return _local.front  # type: ignore[no-any-return]


class FrontedHandler(ForceAuthClientHandler):
    """Django's handler of the test client, behind the front."""

    def __call__(self, environ: dict[str, Any]) -> Any:
        """The response of whichever answers."""
        if environ["REQUEST_METHOD"] not in WRITES:
            return super().__call__(environ)
        # A server always knows by which name it was asked.
        environ.setdefault("HTTP_HOST", environ["SERVER_NAME"])
        of_django: list[Any] = []
        started: list[Any] = []

        def django(given: dict[str, Any], start_response: Any) -> list[bytes]:
            of_django.append(super(FrontedHandler, self).__call__(given))
            return []

        front = _front()
        front.application = django
        body = front(environ, lambda *given: started.extend(given))
        if of_django:
            counted["django"] += 1
            return of_django[0]
        counted["front"] += 1
        status, headers = started[:2]
        response = HttpResponse(b"".join(body), status=int(status[:3]), headers=dict(headers))
        response.wsgi_request = WSGIRequest(environ)  # type: ignore[attr-defined]  # as the test client's own
        return response


class FrontedClient(APIClient):
    """REST framework's test client whose writes pass the front."""

    def __init__(self, enforce_csrf_checks: bool = False, **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks, **defaults)
        self.handler = FrontedHandler(enforce_csrf_checks)
