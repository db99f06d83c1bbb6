"""Many reads on one connection: each sees its own business, whatever stands before and behind it."""

import asyncio
import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import pairwise
from typing import Any

import psycopg
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from dott.modules.crm.tests.factories import CustomerFactory
from dott.platform.api.asgi import Reply
from dott.platform.api.plans.front import Front
from dott.platform.api.plans.plan import ListRead
from dott.platform.api.plans.quick import QuickReads
from dott.platform.identity.models import Session
from dott.platform.identity.sessions import stored_hash
from dott.platform.tenancy import lanes, one_trip
from dott.platform.tenancy.lanes import Lane, Lanes
from dott.platform.tenancy.router import APP
from dott.platform.tenancy.wire import Statement
from tests.front.support import LIST, Both, Loop, ask, ask_quick, environ_of, the_loop

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def loop() -> Loop:
    made = the_loop()
    made.quick(Front(WSGIHandler()))
    return made


@pytest.fixture
def lane(loop: Loop) -> Lane:
    lane = loop.lanes.least()
    assert lane
    return lane


@pytest.fixture
def quick(loop: Loop) -> QuickReads:
    return loop.quick(Front(WSGIHandler()))


@pytest.fixture
def bikes(in_tenant) -> list[str]:
    with in_tenant("bob"):
        return [str(CustomerFactory.create(business_name=f"Bike {number}").pk) for number in range(9)]


async def answered(quick: QuickReads, token: str, path: str) -> Reply | None:
    environ = environ_of(token, path)
    match = quick.front.routes.match(environ["PATH_INFO"])
    assert match
    return await quick.answer(environ, match)


def proof(token: str) -> Statement:
    return Statement(one_trip._ENTER, (b"\\x" + sha256(token.encode()).hexdigest().encode(),))


def test_each_of_many_at_once_sees_her_own_business(world, customers, bikes, loop, quick, lane) -> None:
    django = WSGIHandler()
    paths = [LIST, f"{LIST}?count=capped&limit=3", f"{LIST}?ordering=-name&limit=7"]
    wanted = [(name, path) for name in ("alice", "bob", "sam") for path in paths]
    wanted += [("alice", f"{LIST}{id_}/") for id_ in customers[:2] + customers[5:9]]
    wanted += [("bob", f"{LIST}{id_}/") for id_ in bikes]
    theirs = {(name, path): ask(django, world[name].token, path) for name, path in wanted}
    orders = [wanted, wanted[::-1], wanted[::2] + wanted[1::2]]

    async def all_of(order: list[tuple[str, str]]) -> list[Reply | None]:
        return await asyncio.gather(*(answered(quick, world[name].token, path) for name, path in order))

    for order in orders:
        for asked, reply in zip(order, loop.run(all_of(order)), strict=True):
            assert reply, asked
            assert reply.body == theirs[asked].body, asked
    assert lane.is_open  # and it was the only one
    assert loop.lanes.least() is lane


def test_a_stranger_between_two_others_sees_nothing(world, customers, loop, quick, lane) -> None:
    """All three are on the wire before the first is answered."""
    alice, bob = world["alice"].token, world["bob"].token
    record = f"{LIST}{customers[0]}/"
    seen: list[int] = []

    async def three() -> list[Reply | None]:
        tasks = [asyncio.create_task(answered(quick, token, record)) for token in (alice, bob, alice)]
        await asyncio.sleep(0)
        seen.append(lane.load)
        return await asyncio.gather(*tasks)

    loop.run(three())  # who is who is remembered
    first, strange, last = loop.run(three())
    assert seen[-1] == 3
    assert first and last and first.body == last.body
    assert strange is None


def test_whoever_proves_nothing_has_nothing_of_whom_she_stands_behind(world, customers, loop, lane) -> None:
    count = Statement("SELECT count(*) FROM crm_customer")

    async def both() -> Any:
        return await asyncio.gather(lane.send([proof(world["alice"].token), count]), lane.send([count]))

    (_, hers), (nobodys,) = loop.run(both())
    assert hers.get_value(0, 0) == str(len(customers)).encode()
    assert b"no tenant context" in nobodys.error_message
    assert lane.is_open


def test_a_read_that_fails_disturbs_nobody(world, customers, loop, quick, lane) -> None:
    alice = world["alice"].token
    fails = Statement("SELECT 1 / length($1)", (b"",))

    async def three() -> Any:
        return await asyncio.gather(
            answered(quick, alice, LIST),
            lane.send([proof(alice), fails, fails]),
            answered(quick, alice, LIST),
        )

    first, results, last = loop.run(three())
    assert b"division by zero" in results[1].error_message
    assert first and last and first.body == last.body
    # What was to be prepared behind it is not there, and not taken for it.
    one = Statement("SELECT 41 + length($1)", (b"1",))
    loop.run(lane.send([fails, one]))
    (answer,) = loop.run(lane.send([one]))
    assert answer.get_value(0, 0) == b"42"


def test_an_ended_session_is_left_to_django_and_disturbs_nobody(world, customers, loop, quick, lane) -> None:
    alice, bob = world["alice"].token, world["bob"].token
    assert loop.run(answered(quick, bob, LIST))
    Session.objects.filter(token_hash=stored_hash(bob)).delete()

    async def both() -> Any:
        return await asyncio.gather(answered(quick, bob, LIST), answered(quick, alice, LIST))

    refused, answer = loop.run(both())
    assert refused is None
    assert answer.status == 200
    assert lane.is_open


@pytest.mark.parametrize(
    "query",
    [
        "count=exact",
        "q=firma",
        "status=active",
        "stage=lead&status=active",
        "created_at__gte=2026-01-01",
        "x=1",
    ],
)
def test_what_may_take_long_is_nobody_elses_wait(both, world, customers, lane, monkeypatch, query) -> None:
    assert ask_quick(both.front, both.token, LIST)
    sent: list[int] = []
    real = Lane.send

    async def counted(self: Lane, statements: Any) -> Any:
        sent.append(len(statements))
        return await real(self, statements)

    monkeypatch.setattr(Lane, "send", counted)
    assert ask_quick(both.front, both.token, f"{LIST}?{query}") is None
    assert sent == []
    assert ask_quick(both.front, both.token, f"{LIST}?stage=lead&count=capped")
    assert sent == [3]


def test_nothing_is_worked_out_twice_for_a_search(both, world, customers, lane, monkeypatch) -> None:
    assert ask_quick(both.front, both.token, LIST)
    worked_out: list[Any] = []
    real = ListRead.statements
    monkeypatch.setattr(
        ListRead, "statements", lambda self, context: worked_out.append(self) or real(self, context)
    )
    for query in ("q=firma", "count=exact", "status=active", "q=firma&stage=lead"):
        assert ask_quick(both.front, both.token, f"{LIST}?{query}") is None
    assert worked_out == []
    assert ask_quick(both.front, both.token, f"{LIST}?stage=lead&limit=3&fields=id")
    assert len(worked_out) == 1


def test_whoever_sees_a_part_is_nobody_elses_wait(world, customers, lane) -> None:
    for name, is_quick in (("tara", False), ("olga", True)):
        both = Both(world[name].token)
        for _ in range(2):
            assert both.get(LIST).status == "200 OK"
        assert bool(both.quick) is is_quick, name


def test_a_lost_connection_is_replaced_and_nobody_waits_for_it(world, customers, loop, quick, lane) -> None:
    alice = world["alice"].token
    assert loop.run(answered(quick, alice, LIST))

    async def cut() -> Any:
        slow = asyncio.create_task(lane.send([Statement("SELECT pg_sleep(4)")]))
        behind = asyncio.create_task(answered(quick, alice, LIST))
        await asyncio.sleep(0)
        with socket.socket(fileno=os.dup(lane.socket)) as wire:
            wire.shutdown(socket.SHUT_RDWR)
        return await asyncio.wait_for(asyncio.gather(slow, behind, return_exceptions=True), 3)

    error, answer = loop.run(cut())
    assert isinstance(error, psycopg.OperationalError)
    assert answer is None  # a thread answers
    assert not lane.is_open
    assert loop.run(answered(loop.quick(quick.front), alice, LIST))
    assert loop.lanes.least() is not lane


def test_a_server_that_falls_silent_is_given_up(monkeypatch, loop) -> None:
    monkeypatch.setattr(lanes, "STALLED_S", 0.4)
    lane = Lane(lanes.connect(), loop.loop)

    async def silent() -> Any:
        started = time.monotonic()
        quick = await lane.send([Statement("SELECT 1")])
        await asyncio.sleep(0.6)  # idle is not silent
        assert lane.is_open
        slow = [lane.send([Statement("SELECT pg_sleep(5)")]), lane.send([Statement("SELECT 2")])]
        failed = await asyncio.gather(*slow, return_exceptions=True)
        return quick, failed, time.monotonic() - started

    quick, failed, seconds = loop.run(silent())
    assert quick[0].get_value(0, 0) == b"1"
    assert [type(one) for one in failed] == [psycopg.OperationalError] * 2
    assert not lane.is_open
    assert seconds < 4


def test_a_plan_that_is_out_of_date_is_made_anew(both, world, customers, loop, lane, monkeypatch) -> None:
    """The lane is retired; a thread answers meanwhile."""
    assert ask_quick(both.front, both.token, LIST)
    loop.run(lane.send([Statement("DEALLOCATE ALL", is_prepared=False)]))
    assert ask_quick(both.front, both.token, LIST) is None
    assert not lane.is_open
    assert ask_quick(both.front, both.token, LIST)


def test_a_retired_lane_answers_whoever_is_on_it(world, customers, loop, lane) -> None:
    async def leave() -> Any:
        task = asyncio.create_task(lane.send([Statement("SELECT 1")]))
        await asyncio.sleep(0)
        lane.retire()
        assert loop.lanes.least() is not lane
        return await task

    (result,) = loop.run(leave())
    assert result.get_value(0, 0) == b"1"
    assert not lane.is_open


def test_more_than_the_socket_takes_at_once_is_sent_and_read(loop, lane) -> None:
    text = b"x" * 8_000_000
    long = Statement("SELECT $1::text", (text,))
    short = Statement("SELECT 7")

    async def many() -> Any:
        return await asyncio.gather(*(lane.send([long]) for _ in range(3)), lane.send([short]))

    *longs, (last,) = loop.run(many())
    assert [one[0].get_value(0, 0) == text for one in longs] == [True] * 3
    assert last.get_value(0, 0) == b"7"


def test_whoever_goes_takes_nobodys_answer_along(loop, lane) -> None:
    async def one_goes() -> Any:
        tasks = [asyncio.create_task(lane.send([Statement(f"SELECT {n}")])) for n in range(3)]
        await asyncio.sleep(0)
        tasks[1].cancel()
        return await asyncio.gather(*tasks, return_exceptions=True)

    first, gone, last = loop.run(one_goes())
    assert isinstance(gone, asyncio.CancelledError)
    assert (first[0].get_value(0, 0), last[0].get_value(0, 0)) == (b"0", b"2")


def test_a_lane_is_the_applications_role_beside_its_pool(loop, lane) -> None:
    (user,) = loop.run(lane.send([Statement("SELECT current_user, current_setting('TimeZone')")]))
    assert (user.get_value(0, 0), user.get_value(0, 1)) == (b"dott_app", b"UTC")


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as made:
        yield made


def test_a_server_that_never_answers_is_not_waited_for(monkeypatch) -> None:
    # The least that psycopg waits.
    monkeypatch.setattr(lanes, "CONNECT_WITHIN_S", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        there = {**connections.settings[APP], "HOST": "127.0.0.1", "PORT": silent.getsockname()[1]}
        monkeypatch.setitem(connections.settings, APP, there)
        with pytest.raises(psycopg.errors.ConnectionTimeout):
            lanes.connect()


def test_lanes_that_cannot_be_opened_are_tried_again_later(loop, threads, monkeypatch) -> None:
    tried: list[float] = []

    def refused() -> Any:
        tried.append(time.monotonic())
        raise psycopg.OperationalError("refused")

    monkeypatch.setattr(lanes, "PAUSE_S", 0.2)
    made = Lanes(threads, connect=refused)

    async def ask_often() -> None:
        for _ in range(50):
            assert made.least() is None
            await asyncio.sleep(0.01)

    loop.run(ask_often())
    assert len(tried) >= 2
    assert all(later - earlier >= lanes.PAUSE_S for earlier, later in pairwise(tried))
    monkeypatch.setattr(made, "connect", lanes.connect)

    async def opened() -> int:
        found = set()
        for _ in range(300):
            found.add(made.least())
            await asyncio.sleep(0.01)
            if len(made._open) == 2:
                break
        return len(made._open)

    assert loop.run(opened()) == 2
    made.close()
    assert made._open == []
