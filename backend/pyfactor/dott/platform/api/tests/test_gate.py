"""The gate: how many at once, who is next, and what the rest is told."""

import asyncio
import json
import time
from collections.abc import Coroutine, Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from dott.platform.api import gate as gates
from dott.platform.api.asgi import Reply, reply
from dott.platform.api.gate import LATER_S, PROMPT, TICK_S, Gate, Guarded, Places
from dott.platform.identity.keys.format import new_key
from dott.platform.tenancy import one_trip
from tests.keys import made_key, program

SOON_S = 5.0


class Queue:
    """Requests that take a place, note it, and hold it until they are let go."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.served: list[str] = []
        self.refused: list[str] = []
        self.loop = asyncio.new_event_loop()
        self.release = {name: asyncio.Semaphore(0) for name in "abc"}
        self.tasks: list[asyncio.Task[None]] = []

    def send(self, who: str) -> "asyncio.Task[None]":
        """One more request; returns once it works, waits or was refused."""
        self.tasks.append(self.loop.create_task(self._run(who)))
        self.settle()
        return self.tasks[-1]

    def finish(self, who: str) -> None:
        """One request of that key ends."""
        self.release[who].release()
        self.settle()

    def settle(self) -> None:
        """Until nothing happens any more."""
        for _ in range(5):
            self.loop.run_until_complete(asyncio.sleep(0))

    def run(self, waited: Coroutine[Any, Any, Any]) -> Any:
        """What it returns."""
        return self.loop.run_until_complete(waited)

    async def _run(self, who: str) -> None:
        if not await self.places.take(who):
            self.refused.append(who)
            return
        self.served.append(who)
        await self.release[who].acquire()
        self.places.give_back(who)


@pytest.fixture
def queue() -> Iterator[Queue]:
    made = Queue(Places(places=4, waiting=4, patience_s=SOON_S))
    yield made
    for _ in range(20):
        for name in made.release:
            made.finish(name)
    assert all(task.done() for task in made.tasks)
    assert (made.places._taken, made.places._queued) == (0, 0)
    assert not made.places._held
    assert not made.places._queues
    made.loop.close()


@pytest.mark.asvs("15.2.2")
def test_a_business_never_holds_every_place(queue: Queue) -> None:
    for _ in range(4):
        queue.send("a")
    assert queue.served == ["a"] * 3  # the fourth waits though a place is free
    queue.send("b")
    assert queue.served[3:] == ["b"]


def test_a_business_never_fills_the_waiting_room(queue: Queue) -> None:
    for _ in range(6):
        queue.send("a")
    assert queue.refused == ["a"]  # three work, two wait
    for _ in range(2):
        queue.send("b")
    assert queue.refused == ["a"]
    assert queue.places._queued == 3


def test_the_next_place_goes_to_whoever_holds_the_fewest(queue: Queue) -> None:
    for who in "aaab":
        queue.send(who)
    for who in "aac":
        queue.send(who)  # all wait, c behind both of a
    queue.finish("a")
    assert queue.served[4:] == ["c"]
    queue.finish("c")
    assert queue.served[5:] == ["a"]


def test_who_is_refused_learns_it_at_once(queue: Queue) -> None:
    for who in "aaabbbcc":
        queue.send(who)
    started = time.monotonic()
    queue.send("c")
    assert queue.refused == ["c"]
    assert time.monotonic() - started < 1


def test_whoever_goes_while_she_waits_leaves_nothing_behind(queue: Queue) -> None:
    for who in "aaab":
        queue.send(who)
    gone = queue.send("b")
    queue.send("c")
    assert queue.places._queued == 2
    gone.cancel()
    queue.settle()
    assert queue.places._queued == 1
    queue.finish("a")
    assert queue.served[4:] == ["c"]


def test_whoever_goes_just_when_she_is_called_gives_the_place_back(queue: Queue) -> None:
    for who in "aaab":
        queue.send(who)
    gone = queue.send("c")
    queue.send("b")
    queue.places.give_back("a")  # calls c, who has not heard it yet
    gone.cancel()
    queue.settle()
    assert queue.served[4:] == ["b"]
    queue.places._hold("a")


def test_nobody_is_called_who_has_gone(queue: Queue) -> None:
    for who in "aaab":
        queue.send(who)
    gone = queue.send("c")
    queue.send("b")
    gone.cancel()
    queue.places.give_back("a")  # and her task has not noticed yet
    queue.settle()
    assert queue.served[4:] == ["b"]
    queue.places._hold("a")


def test_nobody_waits_longer_than_the_patience() -> None:
    async def come() -> None:
        places = Places(places=1, waiting=4, patience_s=0.05)
        assert await places.take("a")
        assert not await places.take("b")
        places.give_back("a")
        assert await places.take("b")
        places.give_back("b")
        assert not places._held

    asyncio.run(come())


def test_no_place_is_lost_when_many_come_and_go() -> None:
    places = Places(places=3, waiting=50, patience_s=SOON_S)
    held, most = 0, 0

    async def come_and_go(who: str) -> None:
        nonlocal held, most
        for turn in range(200):
            try:
                async with asyncio.timeout(0 if turn % 7 == 3 else SOON_S):
                    assert await places.take(who)
            except TimeoutError:  # she has gone
                continue
            held += 1
            most = max(most, held)
            await asyncio.sleep(0)
            held -= 1
            places.give_back(who)

    async def all_of_them() -> None:
        await asyncio.gather(*(come_and_go("abcde"[n % 5]) for n in range(20)))

    asyncio.run(all_of_them())
    assert most == 3
    assert (places._taken, places._queued) == (0, 0)
    assert not places._held
    assert not places._queues


def full() -> Places:
    places = Places(places=1, waiting=0)
    asyncio.run(places.take("somebody"))
    return places


def ask(gate: Guarded, path: str = "/api/crm/customers/", **extra: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(gate(RequestFactory().get(path, **extra).environ, None, send))  # type: ignore[arg-type]
    start, body = sent
    headers = {name.decode().title(): value.decode() for name, value in start["headers"]}
    return start["status"], headers, body["body"]


async def answered(_environ: Any, _receive: Any, send: Any) -> None:
    await reply(send, Reply(200, [], b"answered"))


@pytest.mark.usefixtures("world")
def test_the_refusal_is_a_problem_with_every_header_of_an_answer() -> None:
    status, headers, body = ask(Guarded(answered, Gate(full())), HTTP_X_REQUEST_ID="chosen-by-client")
    problem = json.loads(body)
    assert (status, problem["status"], problem["code"]) == (503, 503, "overloaded")
    assert (problem["instance"], problem["request_id"]) == ("/api/crm/customers/", "chosen-by-client")
    assert int(headers["Retry-After"]) > 0

    ordinary = Client().get("/api/crm/customers/")
    assert ordinary.status_code == 401
    # Of what every answer has, only what depends on the route or the session may be missing.
    expected = {name.title() for name in ordinary.headers}
    assert expected - {"Allow", "Vary", "Content-Length"} <= set(headers)


def test_whoever_is_refused_again_and_again_hears_of_it_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """At once for a few; the rest within a second and not all at the same time."""
    now = 100.0
    starts: list[float] = []
    waits: list[float] = []
    loop = asyncio.new_event_loop()
    monkeypatch.setattr(loop, "time", lambda: now)

    async def sleep(seconds: float) -> None:
        starts.append(now)
        waits.append(seconds)

    async def refused(guarded: Guarded, times: int) -> None:
        nonlocal now
        for _ in range(times):
            now += 0.007
            await guarded(RequestFactory().get("/").environ, None, _nowhere)  # type: ignore[arg-type]

    guarded = Guarded(answered, Gate(full()))
    monkeypatch.setattr(gates, "WINDOW_S", 60)
    monkeypatch.setattr(gates.asyncio, "sleep", sleep)
    loop.run_until_complete(refused(guarded, PROMPT))
    assert waits == []
    loop.run_until_complete(refused(guarded, 100))
    assert len(waits) == 100
    assert LATER_S[0] <= min(waits) <= max(waits) <= LATER_S[1] + TICK_S <= 1
    # Together, in ticks: each of them apart would cost more than what is served.
    ends = [(start + wait) / TICK_S for start, wait in zip(starts, waits, strict=True)]
    assert ends == pytest.approx([round(end) for end in ends])
    assert len({round(end) for end in ends}) > 5
    monkeypatch.setattr(gates, "WINDOW_S", 0)
    loop.run_until_complete(refused(guarded, 10))
    assert len(waits) == 100
    loop.close()


async def _nowhere(_message: Any) -> None:
    pass


def test_of_one_business_as_many_as_it_may_have(queue: Queue) -> None:
    queue.places = Places(places=4, waiting=4, most=2)
    for who in "aaab":
        queue.send(who)
    assert queue.served == ["a", "a", "b"]


def test_health_passes_by() -> None:
    status, _, body = ask(Guarded(answered, Gate(full())), "/health/live/")
    assert (status, body) == (200, b"answered")


def test_an_answer_holds_its_place_until_its_end() -> None:
    places = Places(places=1, waiting=0)
    during = []

    async def streamed(_environ: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        during.append(await places.take("another"))
        await send({"type": "http.response.body", "body": b""})

    ask(Guarded(streamed, Gate(places)))
    assert during == [False]
    assert places._taken == 0


def test_an_error_gives_the_place_back() -> None:
    places = Places(places=1, waiting=0)

    async def fail(*_given: Any) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(Guarded(fail, Gate(places)))
    assert places._taken == 0


def test_made_up_sessions_share_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    business = uuid4()
    known = sha256(b"seen-alive").digest()

    def remembered(token_hash: bytes) -> UUID | None:
        return business if token_hash == known else None

    monkeypatch.setattr(one_trip, "remembered_tenant", remembered)
    gate = Gate(Places(1, 1))

    def who(cookie: str) -> Any:
        return gate._who(RequestFactory().get("/", HTTP_COOKIE=cookie).environ)

    name = settings.SESSION_COOKIE_NAME
    assert who(f"{name}=seen-alive") == business
    assert who(f"{name}=made-up") is who(f"{name}=another") is who("") is None
    assert who(f"{name}=seen-alive; {name}=seen-alive") is None


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_key_that_was_let_in_counts_as_its_business(world: Any) -> None:
    gate = Gate(Places(1, 1))
    key = made_key(world["mia"]).key

    def who(value: str) -> Any:
        return gate._who(RequestFactory().get("/", HTTP_AUTHORIZATION=value).environ)

    assert who(f"Bearer {key}") is None
    assert program(key).get("/api/crm/customers/").status_code == 200
    assert who(f"Bearer {key}") == who(f"bearer {key}") == world.bakery
    assert who(f"Bearer {new_key().key}") is who(f"Basic {key}") is who("") is None
