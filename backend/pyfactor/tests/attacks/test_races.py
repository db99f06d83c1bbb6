"""Every limit and every thing that is worth one use, tried by sixty at once."""

import threading
from collections import Counter
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import connections

from conftest import browser
from dott.platform.api import limits
from dott.platform.identity import attempts
from dott.platform.identity.tests.support import (
    NEW_PASSWORD,
    REQUEST_RESET,
    RESET,
    follow_token,
    mailed_code,
    simultaneously,
    token_of,
)
from tests.attacks.described import IS_FULL
from tests.attacks.report import Report

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.usefixtures("patient_pool"),
]

AT_ONCE = 60
ALLOWED = 7
ROUTES = [(route, limit) for route, each in sorted(attempts.LIMITS.items()) for limit in each]
# Each kind of counter once; the command tries each route.
TRIED = ROUTES if IS_FULL else list({limit.scope: (route, limit) for route, limit in ROUTES}.values())[::4]


def path_of(route: str) -> str:
    """The whole address of a route of attempts.LIMITS."""
    headless = route.startswith(("auth/login", "auth/signup", "auth/password", "auth/email", "auth/2fa"))
    headless = headless or route.startswith(("auth/webauthn", "account/"))
    return f"/api/auth/browser/v1/{route}" if headless else f"/api/{route}"


def at_once(work: Any, count: int = AT_ONCE) -> list[Any]:
    """What each of `count` threads got from work(n), all of them starting together."""
    barrier, found = threading.Barrier(count), []

    def one(n: int) -> None:
        barrier.wait()
        try:
            found.append(work(n))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.asvs("2.4.1", "4.1.3", "6.3.1")
@pytest.mark.parametrize(("route", "limit"), TRIED, ids=lambda part: getattr(part, "scope", part))
def test_a_limit_lets_exactly_so_many_through(
    world: Any, settings: Any, record_property: Any, route: str, limit: attempts.Limit
) -> None:
    """Under spoofed forwarding headers: what a client writes before the proxy's own entry counts nothing."""
    every = dict.fromkeys(django_settings.RATE_LIMITS, (1_000_000, 3600))
    settings.RATE_LIMITS = every | {limit.scope: (ALLOWED, 3600)}
    token = world["alice"].token if route in NEEDING_SESSION or limit.key in OF_SESSION else ""

    def attempt(n: int) -> int:
        client = browser(token)
        spoofed = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{n}, 203.0.113.9", "HTTP_X_REAL_IP": f"192.0.2.{n}"}
        body = {"email": "alice@example.com", "password": "", "name": ""}
        return int(client.post(path_of(route), body, **spoofed).status_code)

    statuses = Counter(at_once(attempt))
    report = Report("limits under 60 at once")
    report.attempts = AT_ONCE
    if statuses[429] != AT_ONCE - ALLOWED:
        report.findings.append(f"{route} {limit.scope}: {statuses}")
    report.must_be_clean(record_property)


NEEDING_SESSION = frozenset(route for route, _ in ROUTES if "step-up" in route or "factors" in route)
OF_SESSION = (attempts.session_key, attempts.person_key)


def test_a_counter_that_reads_before_it_writes_is_found(world: Any, settings: Any, monkeypatch: Any) -> None:
    """The limiter that REST framework ships: look, decide, write back."""
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"sign_in_ip": (ALLOWED, 3600)}
    read = """
        WITH seen AS (SELECT coalesce(max(hits), 0) AS hits FROM api_rate_limit
                       WHERE scope = %(scope)s AND key = %(key)s), waited AS (SELECT pg_sleep(0.2))
        INSERT INTO api_rate_limit AS counter (scope, key, hits, window_started_at)
        SELECT %(scope)s, %(key)s, seen.hits + 1, clock_timestamp() FROM seen, waited
        ON CONFLICT (scope, key) DO UPDATE SET hits = excluded.hits
        RETURNING hits, %(window)s::float8
    """
    monkeypatch.setattr(limits, "_HIT", read)
    passed = sum(at_once(lambda n: limits.hit("sign_in_ip", "one").allowed))
    assert passed > ALLOWED


@pytest.mark.asvs("6.4.1", "6.5.1")
def test_a_reset_code_is_worth_one_password(world: Any, record_property: Any) -> None:
    asking = browser()
    asking.post(REQUEST_RESET, {"email": "alice@example.com"})
    follow_token(asking)
    key = mailed_code()
    passwords = [f"{NEW_PASSWORD} number {n}" for n in range(AT_ONCE)]
    answers = simultaneously(RESET, [{"key": key, "password": one} for one in passwords], token_of(asking))
    told = [letter for letter in mail.outbox if letter.subject == "Your Dott password was reset"]
    report = Report("one-use things, 60 at once")
    report.attempts = AT_ONCE
    if len(told) != 1:
        statuses = Counter(answer.status_code for answer in answers)
        report.findings.append(f"one code reset {len(told)} passwords: {statuses}")
    report.must_be_clean(record_property)


def test_every_limit_is_one_that_is_counted() -> None:
    scopes = {limit.scope for _, limit in ROUTES}
    elsewhere = {
        "invite_business", "api_key", "api_key_maker", "webhook_business", "sso_business",
        "business_export",
    }  # fmt: skip
    assert scopes | elsewhere == set(django_settings.RATE_LIMITS)
