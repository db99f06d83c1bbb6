"""How much a process does at once, for whom, and what it says to the rest.

A request takes a place or waits for one. Where too many wait already it is refused at once, with 503 and
Retry-After: so what is answered is answered soon, however much is asked (security.md F26). Places go to
whoever holds the fewest; no business holds all of them, nor fills the waiting room, so one that hammers
waits for itself while another walks past it.

The server has more threads than places and waiting requests together (config/serve.py): there is always one
to refuse with. Health checks pass by.
"""

import json
import threading
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from hashlib import sha256
from typing import Any

from django.http import HttpRequest

from dott.platform.api.edge import Edge, Environ, request_id
from dott.platform.api.problems import MEDIA_TYPE, problem_body
from dott.platform.tenancy import one_trip

RETRY_AFTER_S = 1
PATIENCE_S = 2.0
_PASSES_BY = "/health/"
_DETAIL = "Dott is busy. Try again in a moment."


class Places:
    """So many at once, so many waiting. `who` is any key; places are shared fairly between keys.

    patience_s: how long somebody waits at most.
    """

    def __init__(self, places: int, waiting: int, patience_s: float = PATIENCE_S) -> None:
        self.places, self.waiting, self.patience_s = places, waiting, patience_s
        # One place, and one chair, are always left to somebody else.
        self.most = max(1, places * 3 // 4)
        self.most_waiting = max(1, waiting // 2)
        self._lock = threading.Lock()
        self._held: Counter[Hashable] = Counter()
        self._queues: dict[Hashable, deque[threading.Event]] = {}
        self._taken = self._queued = 0

    def take(self, who: Hashable) -> bool:
        """Take a place, perhaps after waiting. False: there is none, and give_back must not be called."""
        with self._lock:
            if self._taken < self.places and self._held[who] < self.most:
                self._hold(who)
                return True
            queue = self._queues.setdefault(who, deque())
            if self._queued >= self.waiting or len(queue) >= self.most_waiting:
                self._forget(who)
                return False
            called = threading.Event()
            queue.append(called)
            self._queued += 1
        if called.wait(self.patience_s):
            return True
        with self._lock:
            if called.is_set():  # called at the last moment
                return True
            queue.remove(called)
            self._queued -= 1
            self._forget(who)
            return False

    def give_back(self, who: Hashable) -> None:
        """Leave; the next one is called: of those who may have more, whoever holds the fewest."""
        with self._lock:
            self._taken -= 1
            self._held[who] -= 1
            able = [key for key, queue in self._queues.items() if queue and self._held[key] < self.most]
            if able:
                key = min(able, key=self._held.__getitem__)
                # A key that has just been served comes last among equals.
                queue = self._queues.pop(key)
                called = queue.popleft()
                self._queues[key] = queue
                self._queued -= 1
                self._hold(key)
                self._forget(key)
                called.set()
            self._forget(who)

    def _hold(self, who: Hashable) -> None:
        self._held[who] += 1
        self._taken += 1

    def _forget(self, who: Hashable) -> None:
        """Keep nothing of somebody who is not here."""
        if not self._queues.get(who, True):
            del self._queues[who]
        if not self._held[who]:
            del self._held[who]


class Gate:
    """The WSGI application before all others."""

    def __init__(self, application: Callable[..., Iterable[bytes]], places: Places) -> None:
        self.application = application
        self.places = places
        self.edge = Edge()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(_PASSES_BY):
            return self.application(environ, start_response)
        who = self._who(environ)
        if not self.places.take(who):
            return self._refuse(environ, start_response)
        try:
            body = self.application(environ, start_response)
        except BaseException:
            self.places.give_back(who)
            raise
        if isinstance(body, list):
            self.places.give_back(who)
            return body
        return _Held(body, lambda: self.places.give_back(who))

    def _who(self, environ: Environ) -> Hashable:
        """The business of a session or an API key that this process has seen alive; all others share one key.

        An unproved credential is none: somebody who makes up cookies would have as many keys.
        """
        token = self.edge.session_token(environ) or _bearer_token(environ)
        return one_trip.remembered_tenant(sha256(token.encode()).digest()) if token else None

    def _refuse(self, environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        request = HttpRequest()
        request.path = environ["PATH_INFO"]
        request.request_id = request_id(environ)  # type: ignore[attr-defined]
        problem = problem_body(request, 503, "overloaded", _DETAIL)
        headers = [
            *self.edge.secured(environ),
            ("Content-Type", MEDIA_TYPE),
            ("Retry-After", str(RETRY_AFTER_S)),
            ("X-Request-ID", problem["request_id"]),
        ]
        start_response("503 Service Unavailable", headers)
        return [json.dumps(problem, ensure_ascii=False).encode()]


def _bearer_token(environ: Environ) -> str:
    """What an Authorization of the kind Bearer holds; "" for every other."""
    scheme, _, token = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


class _Held:
    """A body that is still being made: its place is given back when it is closed."""

    def __init__(self, body: Iterable[bytes], give_back: Callable[[], None]) -> None:
        self.body, self.give_back = body, give_back

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.body)

    def close(self) -> None:
        """Close what is held, once."""
        give_back, self.give_back = self.give_back, lambda: None
        try:
            if close := getattr(self.body, "close", None):
                close()
        finally:
            give_back()
