"""A POST with an Idempotency-Key that the front hands to its viewset is kept as Django keeps it, and whatever
is no first time is Django's to answer."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from threading import Event
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connections
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dott.modules.crm.models import Customer
from dott.platform.api.idempotency import Claim
from dott.platform.api.models import IdempotencyKey
from dott.platform.api.plans import projection, writes
from dott.platform.api.viewsets import TenantModelViewSet
from dott.platform.identity.csrf import csrf_secret
from dott.platform.identity.models import Session
from dott.platform.identity.sessions import stored_hash
from dott.platform.tenancy.router import APP
from tests.front.support import LIST, Answer, ask
from tests.front.twins import Twins

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

ONCE = b'{"business_name": "Once"}'
USED = 'fallback;desc="the key was used before"'
Post = Callable[..., Answer]


@pytest.fixture
def post(twins: Twins, world: Any) -> Post:
    """A POST of a customer through the front, or through Django."""

    def send(key: str = "k-1", body: bytes = ONCE, *, name: str = "alice", way: str = "front") -> Answer:
        token = world[name].token
        headers = {
            "HTTP_ORIGIN": settings.PUBLIC_ORIGIN,
            "HTTP_X_CSRFTOKEN": csrf_secret(token),
            "HTTP_IDEMPOTENCY_KEY": key,
        }
        return ask(getattr(twins, way), token, LIST, "POST", body, **headers)

    return send


@pytest.fixture
def left(in_tenant: Any) -> Callable[..., tuple[int, int]]:
    """How many customers and how many kept answers a member's business has."""

    def counted(name: str = "alice") -> tuple[int, int]:
        with in_tenant(name):
            return Customer.objects.count(), IdempotencyKey.objects.count()

    return counted


KEYS = st.sampled_from(
    ["{key}", "{key}", "{key}", '"{key}"', " {key} ", "{key}\\", "", '""', "with space", "x" * 65, "ключ"]
)
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "business_name": st.sampled_from(["Zoë's \u2028 Café", "e\u0301", "x"]),
        "stage": st.sampled_from(["lead", "customer"]),
        "email": st.sampled_from(["", "maja@lindqvist.example", "maja@lindqvist.example", "no address"]),
        "notes": st.sampled_from([' "quoted" \\ ', "🎂"]),
        "number": st.just(1),
    },
)
MEMBERS = st.sampled_from(["alice", "alice", "alice", "mia", "vera", "bob"])


def test_any_requests_with_one_key(twins):
    numbers, seen = count(), []

    @hypothesis_settings(max_examples=100)
    @given(
        KEYS,
        BODIES,
        MEMBERS,
        st.lists(st.tuples(st.sampled_from(["same", "spaced", "other"]), MEMBERS), max_size=3),
    )
    def check(key: str, body: dict[str, Any], name: str, later: list[tuple[str, str]]) -> None:
        key = key.replace("{key}", f"key-{next(numbers)}-{{twin}}")
        body = {"business_name": "New"} | body
        bodies = {
            "same": json.dumps(body),
            "spaced": json.dumps(dict(reversed(body.items())), indent=1, ensure_ascii=False),
            "other": json.dumps(body | {"notes": "other"}),
        }
        for how, who in [("same", name), *later]:
            answer = twins.write(
                who,
                "POST",
                (LIST, LIST),
                bodies[how].encode(),
                "bob" if who == "bob" else "alice",
                HTTP_IDEMPOTENCY_KEY=key,
            )
            seen.append((answer.status[:3], dict(answer.headers).get("Idempotency-Replayed"), answer.why))

    check()
    assert {(status, replayed) for status, replayed, why in seen if not why} == {("201", None)}
    assert sum(not why for *_, why in seen) >= 20, seen
    left_to_django = {(status, replayed) for status, replayed, why in seen if why}
    assert {("201", "true"), ("422", None), ("400", None), ("403", None)} <= left_to_django


@pytest.mark.parametrize("ways", [("front", "front"), ("front", "django"), ("django", "front")], ids=str)
def test_what_is_sent_twice_is_made_once_and_answered_alike(post, left, ways):
    first, again = (post(way=way) for way in ways)
    assert (first.status, first.why) == ("201 Created", "")
    assert (again.status, again.body) == (first.status, first.body)
    kept = {name: dict(first.headers)[name] for name in ("ETag", "Location", "Dott-Change-Set")}
    assert kept | {"Idempotency-Replayed": "true"} == {
        name: value for name, value in again.headers if name in {*kept, "Idempotency-Replayed"}
    }
    assert "Idempotency-Replayed" not in dict(first.headers)
    assert again.why == (USED if ways[1] == "front" else "")
    assert left() == (1, 1)


def test_another_body_is_refused(post, left):
    post()
    refused = post(body=b'{"business_name": "Twice"}')
    assert (refused.status[:3], refused.json["code"]) == ("422", "idempotency_key_reused")
    assert refused.why == 'fallback;desc="ProblemError"'
    assert left() == (1, 1)


@pytest.mark.parametrize("second", ["front", "django"])
@pytest.mark.parametrize("first", ["front", "django"])
def test_of_two_at_once_one_is_told_to_wait(post, left, monkeypatch, first, second):
    entered, released, make = Event(), Event(), TenantModelViewSet.create_record
    waiting = [True]

    def slowly(*given: Any) -> Any:
        if waiting:
            waiting.clear()
            entered.set()
            assert released.wait(20)
        return make(*given)

    def one() -> Answer:
        try:
            return post(way=first)
        finally:
            connections.close_all()

    monkeypatch.setattr("dott.modules.crm.api.customers.CustomerViewSet.create_record", slowly)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(one)
        try:
            assert entered.wait(20)
            told = post(way=second)
            refused = post(body=b'{"business_name": "Twice"}', way=second)
        finally:
            released.set()
        made = running.result()
    for answer in (told, refused):
        assert (answer.status[:3], answer.json["code"]) == ("409", "idempotency_in_flight")
        assert dict(answer.headers)["Retry-After"] == "1"
    assert (made.status, made.why) == ("201 Created", "")
    assert post(way=second).body == made.body
    assert left() == (1, 1)


def test_what_a_twin_kept_in_the_meantime_is_not_overwritten(post, left, in_tenant, monkeypatch):
    """Two that both saw no answer, as two snapshots may: the second is not committed."""
    take = Claim.take

    def keep(claim: Claim) -> None:
        try:
            with in_tenant("alice"):
                claim.store_with_commit(201, {}, b'{"id": "the twin"}')
        finally:
            connections.close_all()

    def too_early(claim: Claim) -> Any:
        monkeypatch.setattr(Claim, "take", take)
        assert take(claim) is None
        with ThreadPoolExecutor(1) as pool:
            pool.submit(keep, claim).result()

    monkeypatch.setattr(Claim, "take", too_early)
    answer = post()
    assert (answer.body, answer.why) == (b'{"id": "the twin"}', 'fallback;desc="nothing was committed"')
    assert dict(answer.headers)["Idempotency-Replayed"] == "true"
    assert left() == (0, 1)


@pytest.mark.parametrize("body", [b'{"email": "x"}', b"{", b"[]"])
def test_what_is_refused_is_not_remembered(post, left, body):
    assert post(body=body).status == "400 Bad Request"
    assert left() == (0, 0)
    made = post()
    assert (made.status, made.why) == ("201 Created", "")


def test_a_body_too_deep_for_a_fingerprint_is_djangos(post, left, monkeypatch):
    def fail(*_: Any) -> bytes:
        raise RecursionError

    monkeypatch.setattr("dott.platform.api.idempotency._fingerprint", fail)
    answer = post()
    assert (answer.status[:3], answer.why) == ("500", 'fallback;desc="RecursionError"')
    assert left() == (0, 0)


def test_what_fails_late_is_made_once_by_django(post, left, monkeypatch):
    def fail(*_: Any) -> None:
        raise ValueError

    monkeypatch.setattr(projection, "dump", fail)
    first = post()
    assert (first.status, first.why) == ("201 Created", 'fallback;desc="ValueError"')
    assert post().body == first.body
    assert left() == (1, 1)


def test_who_never_heard_the_answer_gets_it_when_she_asks_again(post, left, monkeypatch):
    wrapper = type(connections[APP])
    commit = wrapper.commit

    def lose_the_answer(self: Any) -> None:
        commit(self)
        raise OperationalError("the server closed the connection") from writes.psycopg.OperationalError("x")

    monkeypatch.setattr(wrapper, "commit", lose_the_answer)
    assert post().status == "503 Service Unavailable"
    monkeypatch.undo()
    again = post()
    assert (again.status, again.why, again.json["business_name"]) == ("201 Created", USED, "Once")
    assert left() == (1, 1)


def test_after_a_day_the_key_is_free(post, left, in_tenant):
    first = post()
    post("k-2")
    with in_tenant("alice"):
        IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=23, minutes=59))
    assert post().body == first.body
    with in_tenant("alice"):
        IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=24, minutes=1))
    anew = post()
    assert (anew.status, anew.why) == ("201 Created", "")
    assert anew.json["id"] != first.json["id"]
    # The other one is forgotten with it.
    assert left() == (3, 1)
    assert post().body == anew.body


def test_a_key_is_its_members_in_her_business(post, left, world):
    """Whom the process remembers in the one business asks in the other: what was claimed ahead is nothing."""
    sams = Session.objects.filter(token_hash=stored_hash(world["sam"].token))
    made = post(name="sam")
    sams.update(active_tenant=world.bikes)
    elsewhere = post(name="sam")
    assert (elsewhere.status, elsewhere.why) == ("201 Created", "")
    others = [post(name=name) for name in ("alice", "bob")]
    assert [(other.status, other.why) for other in others] == [("201 Created", "")] * 2
    assert len({answer.json["id"] for answer in (made, elsewhere, *others)}) == 4
    assert (left("alice"), left("bob")) == ((2, 2), (2, 2))
    again = post(name="sam")
    assert (again.body, again.why) == (elsewhere.body, USED)
    sams.update(active_tenant=world.bakery)
    back = post(name="sam")
    assert (back.body, back.why) == (made.body, USED)
