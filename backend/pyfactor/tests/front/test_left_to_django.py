"""What the front leaves to Django, and what it need not."""

import os
import socket
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
import time_machine
from django.conf import settings
from django.db import connections

from dott.platform.api.plans import projection
from dott.platform.tenancy import one_trip
from dott.platform.tenancy.router import APP
from tests.front.support import LIST, Both, ask, filled
from tests.keys import made_key

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_a_statement_that_fails_is_asked_again_by_django(both, customers, monkeypatch):
    monkeypatch.setattr(one_trip, "_ENTER", "SELECT 1 / (length($1) * 0)")
    assert both.get(LIST).why == 'fallback;desc="DivisionByZero"'
    monkeypatch.undo()
    assert both.get(LIST).why == ""


def test_a_fault_of_the_plans_is_logged_and_answered_by_django(both, customers, monkeypatch):
    def fail(*_: Any) -> bytes:
        raise KeyError

    monkeypatch.setattr(projection.Projection, "written", fail)
    with structlog.testing.capture_logs() as logs:
        assert both.get(LIST).why == 'fallback;desc="KeyError"'
    # In the thread and in the loop.
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["not read as planned"] * 2
    assert both.quick == 0
    monkeypatch.undo()
    assert both.get(LIST).why == ""
    assert both.quick == 1


def test_a_connection_that_died_is_replaced(both, customers):
    assert both.get(LIST).why == ""
    for connection in connections[APP].pool._pool:
        with socket.socket(fileno=os.dup(connection.fileno())) as wire:
            wire.shutdown(socket.SHUT_RDWR)
    assert both.get(LIST).status == "200 OK"
    assert both.get(LIST).why == ""


def test_without_prepared_statements_the_answers_are_the_same(both, customers, settings):
    settings.PREPARES_STATEMENTS = False
    assert both.get(f"{LIST}?count=capped&limit=7").why == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"HTTP_ACCEPT": "text/html"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_COOKIE": ""},
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=a; {settings.SESSION_COOKIE_NAME}=b"},
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=unknown"},
        {"HTTP_COOKIE": "theme=dark,{name}={token}"},
    ],
    ids=str,
)
def test_what_is_unusual_is_left_to_django(both, customers, headers):
    assert both.get(LIST, **filled(headers, both.token)).why.startswith("fallback")


def test_a_program_is_left_to_django(both, world, customers):
    """An API key is no session: whatever the front remembers, it has no proof of one."""
    keys = {name: made_key(world[name]).key for name in ("alice", "bob")}
    answers = {
        name: ask(both.front, "", LIST, HTTP_COOKIE="", HTTP_AUTHORIZATION=f"Bearer {key}")
        for name, key in keys.items()
    }
    for answer in answers.values():
        assert (answer.status, answer.why) == ("200 OK", 'fallback;desc="the credential is no session"')
    assert answers["alice"].json == both.get(LIST).json
    assert answers["bob"].json["results"] == []
    both_ways = ask(both.front, both.token, LIST, HTTP_AUTHORIZATION=f"Bearer {keys['bob']}")
    assert both_ways.status == "400 Bad Request"


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_ACCEPT": "application/json, application/problem+json"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_HOST": "127.0.0.1:8000"},
        {"HTTP_COOKIE": "theme=dark; {name}={token}; a=b"},
        {"HTTP_COOKIE": '{name}="{token}"'},
        {"HTTP_COOKIE": " {name} = {token} "},
    ],
    ids=str,
)
def test_what_is_usual_is_not(both, customers, headers):
    assert both.get(LIST, **filled(headers, both.token)).why == ""


@pytest.mark.parametrize("query", ["&".join(f"a{n}=1" for n in range(1001)), "q=K\u00f6ln", "q=%ff", "q=%00"])
def test_odd_query_strings(both, customers, query):
    # As a server passes them on: bytes, each as one character.
    environ = {"QUERY_STRING": query.encode().decode("latin-1")}
    answer, theirs = (
        ask(application, both.token, LIST, **environ) for application in (both.front, both.django)
    )
    assert answer._replace(why="") == theirs


@pytest.mark.asvs("3.4.1")
def test_over_https_the_browser_is_told_to_stay_there(both, customers, settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 60, True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    secure = Both(both.token).get(LIST, HTTP_X_FORWARDED_PROTO="https")
    assert dict(secure.headers)["Strict-Transport-Security"] == "max-age=60; includeSubDomains"
    assert "Strict-Transport-Security" not in dict(
        Both(both.token).get(LIST, HTTP_X_FORWARDED_PROTO="http").headers
    )


def test_another_method_is_djangos(both, customers):
    # A cookie says to the second when it ends.
    with time_machine.travel(datetime.now(UTC), tick=False):
        for method in ("HEAD", "OPTIONS", "DELETE"):
            assert ask(both.front, both.token, LIST, method) == ask(both.django, both.token, LIST, method)


def test_a_resource_without_a_plan_says_why(both):
    assert both.get("/api/crm/imports/").why.startswith('fallback;desc="')
