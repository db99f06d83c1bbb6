"""How much a process does at once, for whom, and what it says to the rest.

A request takes a place or waits for one. Where too many wait already it is refused at once, with 503 and
Retry-After: so what is answered is answered soon, however much is asked (security.md F26). Places go to
whoever holds the fewest; no business holds all of them, nor fills the waiting room, so one that hammers
waits for itself while another walks past it.

All of it happens in the event loop, which is never busy for long: waiting costs no thread, and there is
always somebody to refuse with. Health checks pass by.
"""

import asyncio
import json
import math
import random
from collections import deque
from collections.abc import Hashable
from hashlib import sha256
from typing import NamedTuple

from django.http import HttpRequest

from dott.platform.api.asgi import Answering, Receive, Reply, Send, reply
from dott.platform.api.edge import Edge, Environ, request_id
from dott.platform.api.problems import MEDIA_TYPE, problem_body
from dott.platform.tenancy import one_trip

RETRY_AFTER_S = 1
# So many are refused without delay in so short a time. The others hear of it within a second, not all at the
# same time: a client that asks again at once is refused twice a second and not a thousand times, which would
# cost more than what is served. Those of one tick are told together, which costs half of telling each.
PROMPT, WINDOW_S = 5, 0.1
LATER_S = (0.5, 0.95)
TICK_S = 0.05
PATIENCE_S = 2.0
_NOBODY = object()
_PASSES_BY = "/health/"
_DETAIL = "Dott is busy. Try again in a moment."


class Places:
    """So many at once, so many waiting, of one event loop. `who` is any key; places are shared fairly between
    keys.

    most: of the places for one key, three quarters unless told otherwise. patience_s: how long somebody waits
    at most.
    """

    def __init__(self, places: int, waiting: int, *, most: int = 0, patience_s: float = PATIENCE_S) -> None:
        self.places, self.waiting, self.patience_s = places, waiting, patience_s
        # One place, and one chair, are always left to somebody else.
        self.most = most or max(1, places * 3 // 4)
        self.most_waiting = max(1, waiting // 2)
        self._held: dict[Hashable, int] = {}
        # Whoever was served last among the keys stands last.
        self._queues: dict[Hashable, deque[_Waiting]] = {}
        self._taken = self._queued = 0
        self._looking: asyncio.TimerHandle | None = None

    async def take(self, who: Hashable) -> bool:
        """Take a place, perhaps after waiting. False: there is none, and give_back must not be called."""
        if self._taken < self.places and self._held.get(who, 0) < self.most:
            self._hold(who)
            return True
        queue = self._queues.get(who, ())
        if self._queued >= self.waiting or len(queue) >= self.most_waiting:
            return False
        loop = asyncio.get_running_loop()
        waiting = _Waiting(loop.time() + self.patience_s, loop.create_future())
        self._queues.setdefault(who, deque()).append(waiting)
        self._queued += 1
        self._look_later(loop)
        try:
            return await waiting.called
        except asyncio.CancelledError:
            if waiting.called.cancelled():
                self._leave(who, waiting)
            elif waiting.called.result():
                self.give_back(who)
            raise

    def give_back(self, who: Hashable) -> None:
        """Leave; the next one is called: of those who may have more, whoever holds the fewest."""
        self._taken -= 1
        if self._held[who] > 1:
            self._held[who] -= 1
        else:
            del self._held[who]
        is_called = False
        while not is_called and (key := self._next()) is not _NOBODY:
            waiting = self._queues[key].popleft()
            self._queued -= 1
            # One who has gone is still here until her task has noticed.
            is_called = not waiting.called.cancelled()
            if is_called:
                self._hold(key)
                waiting.called.set_result(True)
            self._put_last(key)

    def _next(self) -> Hashable:
        """Of the keys that wait and may have more, the one that holds the fewest; the first of equals."""
        found, fewest = _NOBODY, self.most
        for key in self._queues:
            held = self._held.get(key, 0)
            if held < fewest:
                found, fewest = key, held
                if not held:
                    break
        return found

    def _put_last(self, key: Hashable) -> None:
        """And keep nothing of a key for which nobody waits."""
        if queue := self._queues.pop(key):
            self._queues[key] = queue

    def _look_later(self, loop: asyncio.AbstractEventLoop) -> None:
        """One timer for all who wait: one for each would cost more than waiting does."""
        if self._looking is None:
            self._looking = loop.call_later(self.patience_s / 20, self._look)

    def _look(self) -> None:
        """Whoever has waited long enough goes without a place."""
        self._looking = None
        loop = asyncio.get_running_loop()
        late = [
            (who, waiting)
            for who, queue in self._queues.items()
            for waiting in queue
            if waiting.until <= loop.time()
        ]
        for who, waiting in late:
            self._leave(who, waiting)
        if self._queued:
            self._look_later(loop)

    def _leave(self, who: Hashable, waiting: "_Waiting") -> None:
        queue = self._queues.get(who)
        if queue is None or waiting not in queue:
            return
        queue.remove(waiting)
        self._queued -= 1
        if not queue:
            del self._queues[who]
        if not waiting.called.done():
            waiting.called.set_result(False)

    def _hold(self, who: Hashable) -> None:
        self._held[who] = self._held.get(who, 0) + 1
        self._taken += 1


class Place(NamedTuple):
    """Has to be left in the end."""

    places: Places
    who: Hashable

    def leave(self) -> None:
        """Let the next one in."""
        self.places.give_back(self.who)


class _Waiting(NamedTuple):
    """until: seconds of the loop. called: whether to a place."""

    until: float
    called: "asyncio.Future[bool]"


class Gate:
    """Who asks, and what those hear who find no place."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.edge = Edge()
        self._refused, self._window = 0, -WINDOW_S

    async def enter(self, environ: Environ, send: Send) -> "Place | None":
        """A place, perhaps after waiting; None when the request was refused, and answered so."""
        who = self._who(environ)
        if await self.places.take(who):
            return Place(self.places, who)
        await self._slow_down()
        await reply(send, self._refusal(environ))
        return None

    def _who(self, environ: Environ) -> Hashable:
        """The business of a session or an API key that this process has seen alive; all others share one key.

        An unproved credential is none: somebody who makes up cookies would have as many keys.
        """
        token = self.edge.session_token(environ) or _bearer_token(environ)
        return one_trip.remembered_tenant(sha256(token.encode()).digest()) if token else None

    async def _slow_down(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._window > WINDOW_S:
            self._refused, self._window = 0, now
        self._refused += 1
        if self._refused > PROMPT:
            then = now + random.uniform(*LATER_S)  # noqa: S311  (nobody gains by guessing it)
            await asyncio.sleep(math.ceil(then / TICK_S) * TICK_S - now)

    def _refusal(self, environ: Environ) -> Reply:
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
        return Reply(503, headers, json.dumps(problem, ensure_ascii=False).encode())


class Guarded:
    """answering, for those whom the gate lets in. Health checks pass by."""

    def __init__(self, answering: Answering, gate: Gate) -> None:
        self.answering, self.gate = answering, gate

    async def __call__(self, environ: Environ, receive: Receive, send: Send) -> None:
        if environ["PATH_INFO"].startswith(_PASSES_BY):
            await self.answering(environ, receive, send)
        elif place := await self.gate.enter(environ, send):
            try:
                await self.answering(environ, receive, send)
            finally:
                place.leave()


def _bearer_token(environ: Environ) -> str:
    """What an Authorization of the kind Bearer holds; "" for every other."""
    scheme, _, token = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
