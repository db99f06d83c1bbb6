"""Who gets a socket. Every refusal is the HTTP answer to the handshake; no socket exists for a moment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from websockets.exceptions import InvalidStatus

from conftest import browser
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Session
from dott.platform.identity.sessions import new_token, stored_hash
from dott.platform.realtime.tests.support import Headers, Server, address_of, heard_nothing
from dott.platform.tenancy.router import MIGRATOR
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

OURS = settings.PUBLIC_ORIGIN
SCHEME, HOST = OURS.split("://")


def status_of(server: Server, headers: Headers, path: str = "/ws/") -> int:
    """The HTTP status of a handshake; 101 when it succeeds."""
    try:
        server.shake_hands(headers, path)
    except InvalidStatus as refusal:
        assert refusal.response.status_code == 400 or refusal.response.body == b""
        return refusal.response.status_code
    return 101


def test_a_member_gets_a_socket(server: Server, world: World) -> None:
    assert heard_nothing(server.socket(world["vera"].token))


FOREIGN_ORIGINS = {
    "none": [],
    "null": ["null"],
    "another site": ["https://evil.example"],
    "a site that begins like ours": [f"{OURS}.evil.example"],
    "a site that ends like ours": [f"{SCHEME}://evil-{HOST}"],
    "a sibling": [f"{SCHEME}://www.{HOST}"],
    "another port": [f"{SCHEME}://{HOST.split(':')[0]}:8080"],
    "another scheme": [OURS.replace("http", "ftp")],
    "in capitals": [OURS.upper()],
    "with a path": [f"{OURS}/"],
    "with somebody's name": [f"{SCHEME}://evil@{HOST}"],
    "two in one": [f"{OURS}, https://evil.example"],
}


@pytest.mark.asvs("4.4.2")
@pytest.mark.parametrize("origins", FOREIGN_ORIGINS.values(), ids=FOREIGN_ORIGINS)
def test_no_page_but_our_own_gets_one(server: Server, world: World, origins: list[str]) -> None:
    cookie = ("Cookie", f"sid={world['alice'].token}")
    assert status_of(server, [("Origin", OURS), cookie]) == 101
    assert status_of(server, [*(("Origin", origin) for origin in origins), cookie]) == 403


def test_two_origins_are_none(server: Server, world: World) -> None:
    """The server itself finds such a request malformed."""
    cookie = ("Cookie", f"sid={world['alice'].token}")
    for second in (OURS, "https://evil.example"):
        assert status_of(server, [("Origin", OURS), ("Origin", second), cookie]) == 400


UNCLEAR_COOKIES: dict[str, Callable[[str, str], list[str]]] = {
    "none": lambda _own, _other: [],
    "another name": lambda own, _other: [f"xsid={own}"],
    "empty": lambda _own, _other: ["sid="],
    "unknown": lambda _own, _other: [f"sid={new_token()}"],
    "two, own first": lambda own, other: [f"sid={own}; sid={other}"],
    "two, own last": lambda own, other: [f"sid={other}; sid={own}"],
    "own twice": lambda own, _other: [f"sid={own}; sid={own}"],
    "two headers": lambda own, other: [f"sid={own}", f"sid={other}"],
    "two, without a space": lambda own, other: [f"a=b;sid={own};sid ={other}"],
    "two, by comma": lambda own, other: [f"sid={own}, sid={other}"],
}


@pytest.mark.parametrize("cookies", UNCLEAR_COOKIES.values(), ids=UNCLEAR_COOKIES)
def test_exactly_one_session_is_needed(
    server: Server, world: World, cookies: Callable[[str, str], list[str]]
) -> None:
    sent = [("Cookie", cookie) for cookie in cookies(world["alice"].token, world["bob"].token)]
    assert status_of(server, [("Origin", OURS), *sent]) == 403


@pytest.mark.asvs("14.2.1")
def test_a_token_in_the_address_is_not_looked_at(server: Server, world: World) -> None:
    token = world["alice"].token
    headers = [("Origin", OURS), ("Cookie", f"sid={token}")]
    assert status_of(server, [("Origin", OURS)], f"/ws/?sid={token}") == 404
    assert status_of(server, headers, f"/ws/?sid={token}") == 404
    assert status_of(server, headers, "/ws") == 404
    assert status_of(server, headers, "/api/crm/customers/") == 404


def test_a_session_that_ended_gets_none(server: Server, world: World) -> None:
    Session.objects.filter(token_hash=stored_hash(world["alice"].token)).revoke()
    headers = [("Origin", OURS), ("Cookie", f"sid={world['alice'].token}")]
    assert status_of(server, headers) == 403


def test_a_disabled_member_gets_none(server: Server, world: World) -> None:
    all_memberships().filter(id=world["mia"].membership_id).update(status="disabled")
    assert status_of(server, [("Origin", OURS), ("Cookie", f"sid={world['mia'].token}")]) == 403


def test_a_person_and_a_business_have_so_many_and_no_more(another_server: Any, world: World) -> None:
    server = another_server(DOTT_REALTIME_SOCKETS_PER_USER="2", DOTT_REALTIME_SOCKETS_PER_TENANT="3")

    def ask(name: str) -> int:
        return status_of(server, [("Origin", OURS), ("Cookie", f"sid={world[name].token}")])

    assert [ask("alice"), ask("alice"), ask("alice")] == [101, 101, 429]
    assert [ask("mia"), ask("vera"), ask("bob")] == [101, 429, 101]
    server.close_sockets()
    assert [ask("vera"), ask("alice"), ask("alice")] == [101, 101, 101]


def test_it_refuses_to_serve_as_a_role_that_could_see_more(another_server: Any) -> None:
    with pytest.raises(AssertionError, match="Refusing to serve as dott_owner"):
        another_server(DATABASE_URL=address_of(MIGRATOR))


def test_being_connected_is_no_use_of_the_session(server: Server, world: World) -> None:
    session = Session.objects.filter(token_hash=stored_hash(world["alice"].token))
    idle_since = timezone.now() - timedelta(hours=7)
    session.update(last_seen_at=idle_since)
    assert heard_nothing(server.socket(world["alice"].token))
    assert session.get().last_seen_at == idle_since
    assert browser(world["alice"].token).get("/api/crm/customers/").status_code == 200
    assert session.get().last_seen_at > idle_since
