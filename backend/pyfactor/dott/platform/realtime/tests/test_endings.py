"""How a socket ends when the right to it does, and how everything comes back after a failure."""

import json
import os
import signal
import socket as sockets
import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Session
from dott.platform.identity.sessions import stored_hash
from dott.platform.identity.tests.support import SESSION
from dott.platform.realtime.messages import tenant_group
from dott.platform.realtime.publisher import publisher
from dott.platform.realtime.tests.support import Server, end_of, heard, heard_nothing, wait_until
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
CUSTOMERS = "/api/crm/customers/"
RESYNC = {"type": "resync"}


def write(api_as: Any, name: str = "alice") -> None:
    answer = api_as(name).post(CUSTOMERS, {"kind": "business", "business_name": "Oak"})
    assert answer.status_code == 201


def session_of(world: World, name: str) -> Any:
    return Session.objects.filter(token_hash=stored_hash(world[name].token))


def test_signing_out_ends_the_socket_within_a_second(server: Server, world: World, api_as: Any) -> None:
    mine, mias = server.socket(world["alice"].token), server.socket(world["mia"].token)
    api_as("alice").delete(SESSION)
    started = time.monotonic()
    assert end_of(mine) == (4401, [])
    assert time.monotonic() - started < 1
    write(api_as, "sam")
    assert heard(mias)["type"] == "changes"


def test_ending_a_session_from_another_device_ends_its_socket(
    server: Server, world: World, api_as: Any
) -> None:
    lost = server.socket(world["alice"].token)
    session_id = session_of(world, "alice").get().id
    Session.objects.filter(id=session_id).revoke()
    assert end_of(lost, within=1) == (4401, [])


def test_a_disabled_member_hears_nothing_more(server: Server, world: World, api_as: Any) -> None:
    mias = server.socket(world["mia"].token)
    address = f"/api/tenants/current/members/{world['mia'].membership_id}/"
    assert api_as("alice").patch(address, {"status": "disabled"}).status_code == 200
    assert end_of(mias, within=1) == (4401, [])


def test_what_nobody_announces_is_found_by_the_recheck(another_server: Any, world: World) -> None:
    """Changed in the database by hand: a membership, an expiry, idleness, the session's business."""
    server = another_server(DOTT_REALTIME_RECHECK_SECONDS="1")
    alice, mia, vera, sam, adam = (
        server.socket(world[name].token) for name in ("alice", "mia", "vera", "sam", "adam")
    )
    all_memberships().filter(id=world["mia"].membership_id).update(status="disabled")
    session_of(world, "vera").update(expires_at=timezone.now())
    session_of(world, "sam").update(active_tenant=world.bikes)
    session_of(world, "adam").update(last_seen_at=timezone.now() - timedelta(hours=9))
    assert [end_of(each, within=4)[0] for each in (mia, vera, sam, adam)] == [4403, 4401, 4409, 4401]
    assert heard_nothing(alice)


@pytest.mark.parametrize("message", ["", "PING", "ping ", '{"type": "subscribe"}', b"ping"])
def test_a_page_says_ping_and_nothing_else(server: Server, world: World, message: str | bytes) -> None:
    page = server.socket(world["alice"].token)
    page.send(message)
    assert end_of(page) == (1008, [])


def test_a_long_message_is_not_even_read(server: Server, world: World) -> None:
    page = server.socket(world["alice"].token)
    page.send("p" * 65)
    assert end_of(page) == (1009, [])


def test_pings_are_few(server: Server, world: World) -> None:
    page = server.socket(world["alice"].token)
    for _ in range(100):
        page.send("ping")
    code, pongs = end_of(page)
    assert code == 1008
    assert 1 <= len(pongs) <= 60  # 20 between two checks of the session, of which one may fall in here


def test_a_lost_listener_comes_back_and_pages_ask_anew(server: Server, world: World, api_as: Any) -> None:
    alice, bob = server.socket(world["alice"].token), server.socket(world["bob"].token)
    # What pg_terminate_backend does; no role of Dott's may call it.
    os.kill(server.listener_pid(), signal.SIGTERM)
    assert heard(alice) == heard(bob) == RESYNC
    write(api_as)
    assert heard(alice)["type"] == "changes"
    assert heard_nothing(bob)


def test_a_reader_who_is_too_slow_resyncs(server: Server, world: World) -> None:
    with sockets.socket() as slow:
        slow.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
        slow.connect(("127.0.0.1", server.port))
        page = server.socket(world["alice"].token, sock=slow, max_queue=1)
        change = {"entity": "crm.customer", "id": "0" * 36, "version": 1, "operation": "update"}
        message = {"type": "changes", "changes": [change] * 20, "source": ""}
        colleague = server.socket(world["mia"].token)
        sent = 4_000
        for number in range(sent):
            publisher.publish(tenant_group(world.bakery), message)
            if number % 100 == 99:
                # As fast as the colleague reads; the slow page has not begun to.
                for _ in range(100):
                    assert heard(colleague) == message
        received = []
        while not received or received[-1] != RESYNC:
            received.append(json.loads(page.recv(timeout=10)))
        assert len(received) < sent
        assert received[:-1] == [message] * (len(received) - 1)


def test_stopping_tells_the_pages_to_come_back(another_server: Any, world: World) -> None:
    server = another_server()
    page = server.socket(world["alice"].token)
    started = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - started < 10
    assert end_of(page)[0] == 1012


@pytest.mark.asvs("16.5.2")
def test_without_the_process_everything_else_works(another_server: Any, world: World, api_as: Any) -> None:
    server = another_server()
    page = server.socket(world["mia"].token)
    server.kill()
    assert end_of(page)[0] == 1006
    write(api_as)
    server.start()
    page = server.socket(world["mia"].token)
    write(api_as)
    wait_until(lambda: heard(page)["type"] == "changes")
