"""Which writes the front leaves to Django, which not, and that none is done twice."""

from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connections

from dott.modules.crm.models import Customer
from dott.platform.api.plans import projection, writes
from dott.platform.identity.csrf import csrf_secret
from dott.platform.identity.models import Tenant
from dott.platform.tenancy.router import APP
from tests.front.support import LIST, ask

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_X_CSRFTOKEN": "t" * 32},
        {"HTTP_X_CSRFTOKEN": ""},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": None},
        {"HTTP_ORIGIN": None, "HTTP_REFERER": "https://evil.example/"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"CONTENT_TYPE": "text/plain"},
        {"CONTENT_TYPE": "application/x-www-form-urlencoded"},
        {"QUERY_STRING": "fields=id"},
        {"QUERY_STRING": "unknown=1"},
        {"CONTENT_LENGTH": "1"},
        {"CONTENT_LENGTH": "0"},
        {"HTTP_ACCEPT": "text/html"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
    ],
    ids=str,
)
def test_what_is_unusual_is_left_to_django(twins, pair, headers):
    answer = twins.write("alice", "PATCH", pair(), b'{"notes": "x"}', HTTP_IF_MATCH="*", **headers)
    assert answer.why.startswith("fallback")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_ORIGIN": None, "HTTP_REFERER": f"{settings.PUBLIC_ORIGIN}/customers"},
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
        {"CONTENT_TYPE": "application/json; charset=utf-8"},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_ACCEPT": "application/json, application/problem+json"},
        # Of a change it says nothing.
        {"HTTP_IDEMPOTENCY_KEY": "k"},
        {"HTTP_IDEMPOTENCY_KEY": ""},
    ],
    ids=str,
)
def test_what_is_usual_is_not(twins, pair, headers):
    answer = twins.write("alice", "PATCH", pair(), b'{"notes": "x"}', HTTP_IF_MATCH='"1"', **headers)
    assert (answer.status, answer.why) == ("200 OK", "")


def test_who_is_refused_after_she_was_let_in_leaves_no_transaction_open(api_as, pair, world):
    """What is asked ahead for whom the process remembers fails together with her proof, on a connection that
    the next request may get."""
    alice, (path, other) = api_as("alice"), pair()
    headers = {"If-Match": "*"}
    assert alice.patch(path, {"notes": "x"}, headers=headers).status_code == 200
    Tenant.objects.filter(id=world.bakery).update(second_factor="everyone")
    for each in (path, other):
        answer = alice.patch(each, {"notes": "y"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")
    assert api_as("bob").get(LIST).status_code == 200


@pytest.mark.parametrize("body", [b"[]", b"7", b"{", b'{"a":1,"a":2}', b'{"notes":"\\ud800"}', b"\xff"])
def test_a_body_that_is_no_object_is_djangos(twins, pair, body):
    assert twins.write("alice", "PATCH", pair(), body, HTTP_IF_MATCH="*").status == "400 Bad Request"


def test_a_write_that_fails_late_is_done_once_by_django(twins, pair, monkeypatch, in_tenant):
    def fail(*_: Any) -> None:
        raise ValueError

    paths = pair()
    monkeypatch.setattr(projection, "dump", fail)
    answer = twins.write("alice", "PATCH", paths, b'{"notes": "x"}', HTTP_IF_MATCH='"1"')
    assert (answer.status, answer.why) == ("200 OK", 'fallback;desc="ValueError"')
    with in_tenant("alice"):
        assert set(Customer.objects.values_list("version", flat=True)) == {2}


def test_what_may_have_been_committed_is_not_done_again(twins, world, monkeypatch, in_tenant):
    wrapper = type(connections[APP])
    committed = wrapper.commit

    def lose_the_answer(self: Any) -> None:
        committed(self)
        raise OperationalError("the server closed the connection") from writes.psycopg.OperationalError("x")

    token = world["alice"].token
    headers = {"HTTP_ORIGIN": settings.PUBLIC_ORIGIN, "HTTP_X_CSRFTOKEN": csrf_secret(token)}
    monkeypatch.setattr(wrapper, "commit", lose_the_answer)
    answer = ask(twins.front, token, LIST, "POST", b'{"business_name": "Once"}', **headers)
    monkeypatch.undo()
    assert (answer.status, answer.json["code"]) == ("503 Service Unavailable", "database_unavailable")
    with in_tenant("alice"):
        assert Customer.objects.filter(business_name="Once").count() == 1
