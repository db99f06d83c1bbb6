"""The limiter lets exactly the limit through, however many knock at once."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections, transaction

from dott.platform.api import limits
from dott.platform.tenancy.router import AUTH

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
LIMIT, WINDOW_S = 10, 60


@pytest.fixture(autouse=True)
def ten_a_minute(settings) -> None:
    settings.RATE_LIMITS = {"test": (LIMIT, WINDOW_S), "other": (1, WINDOW_S)}


def age(seconds: int) -> None:
    with connections[AUTH].cursor() as cursor:
        cursor.execute(
            "UPDATE api_rate_limit SET window_started_at = window_started_at - %s * interval '1s'", [seconds]
        )


def rows() -> int:
    with connections[AUTH].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM api_rate_limit")
        return cursor.fetchone()[0]


@pytest.mark.asvs("2.4.1")
@pytest.mark.parametrize("run", range(5))
def test_sixty_at_once_pass_exactly_the_limit(run: int) -> None:
    def attempt(_):
        try:
            return limits.hit("test", "somebody").allowed
        finally:
            connections.close_all()

    with ThreadPoolExecutor(60) as pool:
        assert sum(pool.map(attempt, range(60))) == LIMIT


def test_the_verdict_counts_down_and_says_when_to_come_back() -> None:
    verdicts = [limits.hit("test", "k") for _ in range(LIMIT + 1)]
    assert [verdict.remaining for verdict in verdicts] == [*range(LIMIT - 1, -1, -1), 0]
    assert not verdicts[-1].allowed
    assert 0 < verdicts[-1].retry_after_s <= WINDOW_S
    assert verdicts[0].headers() == {"RateLimit-Policy": '"test";q=10;w=60', "RateLimit": '"test";r=9;t=60'}
    assert verdicts[-1].headers()["Retry-After"] == str(verdicts[-1].retry_after_s)


def test_the_window_starts_at_the_first_hit_and_is_not_moved_by_refusals() -> None:
    for _ in range(LIMIT):
        limits.hit("test", "k")
    age(WINDOW_S - 5)
    refused = limits.hit("test", "k")
    assert not refused.allowed
    assert refused.retry_after_s <= 5
    age(5)
    assert limits.hit("test", "k").remaining == LIMIT - 1


def test_keys_and_scopes_do_not_share() -> None:
    assert limits.hit("other", "a").allowed
    assert not limits.hit("other", "a").allowed
    assert limits.hit("other", "b").allowed
    assert limits.hit("test", "a").allowed


def test_a_hit_stays_counted_when_the_request_rolls_back() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(using=AUTH):
        limits.hit("other", "k")
        raise ZeroDivisionError
    assert not limits.hit("other", "k").allowed


def test_enforce_raises_429_with_headers() -> None:
    limits.enforce("other", "k")
    with pytest.raises(limits.RateLimited) as refusal:
        limits.enforce("other", "k")
    assert refusal.value.status_code == 429
    assert refusal.value.headers.keys() >= {"Retry-After", "RateLimit", "RateLimit-Policy"}


def test_reset_forgives() -> None:
    limits.hit("other", "k")
    limits.reset("other", "k")
    assert limits.hit("other", "k").allowed


def test_the_table_names_nobody_and_does_not_grow() -> None:
    for _ in range(6):
        limits.hit("test", str(uuid4()))
    with connections[AUTH].cursor() as cursor:
        cursor.execute("SELECT key FROM api_rate_limit")
        assert {len(bytes(key)) for (key,) in cursor.fetchall()} == {32}
    age(3 * 24 * 3600)
    for _ in range(4):
        limits.hit("test", str(uuid4()))
    assert rows() == 4


def test_the_application_role_cannot_touch_the_counters() -> None:
    with pytest.raises(Exception, match="permission denied"), connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM api_rate_limit")
