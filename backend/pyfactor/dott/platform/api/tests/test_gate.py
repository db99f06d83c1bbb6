"""The gate: how many at once, who is next, and what the rest is told."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from dott.platform.api.gate import Gate, Places
from dott.platform.identity.keys.format import new_key
from dott.platform.tenancy import one_trip
from tests.keys import made_key, program

SOON_S = 5.0


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.002)


class Queue:
    """Threads that take a place, note it, and hold it until they are let go."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.served: list[str] = []
        self.refused: list[str] = []
        self.threads: list[threading.Thread] = []
        self.release = {name: threading.Semaphore(0) for name in "abc"}

    def send(self, who: str) -> None:
        """One more request; returns once it works, waits or was refused."""
        seen = self.seen()
        thread = threading.Thread(target=self._run, args=(who,))
        self.threads.append(thread)
        thread.start()
        until(lambda: self.seen() > seen)

    def finish(self, who: str) -> None:
        """One request of that key ends."""
        count = len(self.served) + len(self.refused)
        waiting = self.places._queued
        self.release[who].release()
        until(lambda: not waiting or len(self.served) + len(self.refused) > count)

    def seen(self) -> int:
        return len(self.served) + len(self.refused) + self.places._queued

    def _run(self, who: str) -> None:
        if not self.places.take(who):
            self.refused.append(who)
            return
        self.served.append(who)
        self.release[who].acquire()
        self.places.give_back(who)


@pytest.fixture
def queue() -> Iterator[Queue]:
    made = Queue(Places(places=4, waiting=4, patience_s=SOON_S))
    yield made
    for semaphore in made.release.values():
        semaphore.release(100)
    for thread in made.threads:
        thread.join(SOON_S)
    assert (made.places._taken, made.places._queued) == (0, 0)
    assert not made.places._held
    assert not made.places._queues


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


def test_nobody_waits_longer_than_the_patience() -> None:
    places = Places(places=1, waiting=4, patience_s=0.05)
    assert places.take("a")
    assert not places.take("b")
    places.give_back("a")
    assert places.take("b")
    places.give_back("b")
    assert not places._held


def test_no_place_is_lost_when_many_come_and_go() -> None:
    places = Places(places=3, waiting=50, patience_s=SOON_S)
    held, most, lock = 0, 0, threading.Lock()

    def come_and_go(who: str) -> None:
        nonlocal held, most
        for _ in range(200):
            assert places.take(who)
            with lock:
                held += 1
                most = max(most, held)
            time.sleep(0)
            with lock:
                held -= 1
            places.give_back(who)

    threads = [threading.Thread(target=come_and_go, args=("abcde"[n % 5],)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert most == 3
    assert (places._taken, places._queued) == (0, 0)


class Answer:
    """What a WSGI application was told to start with."""

    def __call__(self, status: str, headers: list[tuple[str, str]], *_rest: Any) -> None:
        self.status, self.headers = status, dict(headers)


def full() -> Places:
    places = Places(places=1, waiting=0)
    assert places.take("somebody")
    return places


def ask(gate: Gate, path: str = "/api/crm/customers/", **extra: str) -> tuple[Answer, Any]:
    answer = Answer()
    return answer, gate(RequestFactory().get(path, **extra).environ, answer)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [])
    return [b"answered"]


@pytest.mark.usefixtures("world")
def test_the_refusal_is_a_problem_with_every_header_of_an_answer() -> None:
    answer, body = ask(Gate(application, full()), HTTP_X_REQUEST_ID="chosen-by-client")
    problem = json.loads(b"".join(body))
    assert answer.status == "503 Service Unavailable"
    assert (problem["status"], problem["code"]) == (503, "overloaded")
    assert (problem["instance"], problem["request_id"]) == ("/api/crm/customers/", "chosen-by-client")
    assert int(answer.headers["Retry-After"]) > 0

    ordinary = Client().get("/api/crm/customers/")
    assert ordinary.status_code == 401
    # Of what every answer has, only what depends on the route or the session may be missing.
    assert set(ordinary.headers) - {"Allow", "Vary", "Content-Length"} <= set(answer.headers)


def test_health_passes_by() -> None:
    answer, body = ask(Gate(application, full()), "/health/live/")
    assert (answer.status, body) == ("200 OK", [b"answered"])


def test_a_stream_holds_its_place_until_it_is_closed() -> None:
    places = Places(places=1, waiting=0)
    gate = Gate(lambda environ, start: iter([b"a", b"b"]), places)
    _, body = ask(gate)
    assert list(body) == [b"a", b"b"]
    assert not places.take("another")
    body.close()
    body.close()
    assert places.take("another")
    assert places._taken == 1


def test_an_error_gives_the_place_back() -> None:
    places = Places(places=1, waiting=0)

    def fail(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(Gate(fail, places))
    assert places.take("another")


def test_made_up_sessions_share_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    business = uuid4()
    known = sha256(b"seen-alive").digest()

    def remembered(token_hash: bytes) -> UUID | None:
        return business if token_hash == known else None

    monkeypatch.setattr(one_trip, "remembered_tenant", remembered)
    gate = Gate(application, Places(1, 1))

    def who(cookie: str) -> Any:
        return gate._who(RequestFactory().get("/", HTTP_COOKIE=cookie).environ)

    name = settings.SESSION_COOKIE_NAME
    assert who(f"{name}=seen-alive") == business
    assert who(f"{name}=made-up") is who(f"{name}=another") is who("") is None
    assert who(f"{name}=seen-alive; {name}=seen-alive") is None


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_key_that_was_let_in_counts_as_its_business(world: Any) -> None:
    gate = Gate(application, Places(1, 1))
    key = made_key(world["mia"]).key

    def who(value: str) -> Any:
        return gate._who(RequestFactory().get("/", HTTP_AUTHORIZATION=value).environ)

    assert who(f"Bearer {key}") is None
    assert program(key).get("/api/crm/customers/").status_code == 200
    assert who(f"Bearer {key}") == who(f"bearer {key}") == world.bakery
    assert who(f"Bearer {new_key().key}") is who(f"Basic {key}") is who("") is None
