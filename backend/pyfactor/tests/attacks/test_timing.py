"""Whether an address has an account is told neither by the work done for it nor by the time it takes."""

import math
import statistics
import time
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import Any

import argon2
import pytest

from conftest import browser
from dott.platform.identity.tests.support import REQUEST_RESET, SIGN_IN, SIGN_UP
from tests.attacks.described import IS_FULL
from tests.attacks.report import Report

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

KNOWN, UNKNOWN = "alice@example.com", "nobody{}@example.com"
PASSWORD = "no password of hers"
# Of each side, and the chance of a false alarm.
SAMPLES, CHANCE = (300, 0.01) if IS_FULL else (10, 0.001)
# Seconds between the medians that a stranger might yet measure over a network.
TOLD_S = 0.005
Ask = Callable[[str], Any]


def sign_in(email: str) -> Any:
    return browser().post(SIGN_IN, {"email": email, "password": PASSWORD})


def reset(email: str) -> Any:
    return browser().post(REQUEST_RESET, {"email": email})


def sign_up(email: str) -> Any:
    return browser().post(SIGN_UP, {"email": email, "password": f"{PASSWORD} yet", "name": "Somebody"})


def hashes_of(ask: Ask, email: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """The status of one request, and how many passwords were hashed for it."""
    done = 0
    with monkeypatch.context() as patch:
        for name in ("hash_secret", "hash_secret_raw"):
            worked = getattr(argon2.low_level, name)

            def counted(*args: Any, _worked: Any = worked, **kwargs: Any) -> Any:
                nonlocal done
                done += 1
                return _worked(*args, **kwargs)

            patch.setattr(argon2.low_level, name, counted)
        verify = argon2.PasswordHasher.verify

        def verified(self: Any, *args: Any, **kwargs: Any) -> Any:
            nonlocal done
            done += 1
            return verify(self, *args, **kwargs)

        patch.setattr(argon2.PasswordHasher, "verify", verified)
        status = int(ask(email).status_code)
    return status, done


@pytest.mark.parametrize("ask", [sign_in, reset, sign_up], ids=lambda ask: ask.__name__)
def test_the_same_work_is_done_for_both(world: Any, monkeypatch: Any, record_property: Any, ask: Ask) -> None:
    known, unknown = (hashes_of(ask, email, monkeypatch) for email in (KNOWN, UNKNOWN.format("")))
    report = Report("enumeration, work")
    report.expect(known == unknown, f"{ask.__name__}: {known} for a known address, {unknown} for another")
    report.must_be_clean(record_property)


def test_a_sign_in_that_hashes_only_for_accounts_is_found(world: Any, monkeypatch: Any) -> None:
    from dott.platform.identity.models import User

    monkeypatch.setattr(User, "set_password", lambda self, raw: None)
    known, unknown = (hashes_of(sign_in, email, monkeypatch) for email in (KNOWN, UNKNOWN.format("")))
    assert known[1] > unknown[1]


def differs(first: list[float], second: list[float]) -> float:
    """The two-sided p of Mann and Whitney's U test, by its normal approximation."""
    rank_sum, below = 0.0, 0
    for _, tied in groupby(
        sorted([(each, 1) for each in first] + [(each, 0) for each in second]), itemgetter(0)
    ):
        sides = [side for _, side in tied]
        # All of one value share the mean of their ranks.
        rank_sum += sum(sides) * (below + (len(sides) + 1) / 2)
        below += len(sides)
    n, m = len(first), len(second)
    u = rank_sum - n * (n + 1) / 2
    z = (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))


def sampled(ask: Ask, count: int) -> tuple[list[float], list[float]]:
    """Seconds per request, for a known and an unknown address in turn, so that a busy machine slows both."""
    times: tuple[list[float], list[float]] = ([], [])
    for n in range(count):
        for side, email in enumerate((KNOWN, UNKNOWN.format(n))):
            started = time.perf_counter()
            ask(email)
            times[side].append(time.perf_counter() - started)
    return times


def is_told(times: tuple[list[float], list[float]]) -> bool:
    apart = abs(statistics.median(times[0]) - statistics.median(times[1]))
    return differs(*times) < CHANCE and apart > TOLD_S


@pytest.mark.asvs("6.3.8")
def test_the_time_tells_nothing(world: Any, record_property: Any) -> None:
    times = sampled(sign_in, SAMPLES)
    report = Report("enumeration, timing")
    report.attempts = 2 * SAMPLES
    if is_told(times):
        report.findings.append(f"medians {[statistics.median(each) for each in times]}, p {differs(*times)}")
    report.must_be_clean(record_property)


def test_a_difference_of_ten_milliseconds_is_found() -> None:
    base = [0.1 + n % 17 / 1000 for n in range(SAMPLES)]
    assert is_told((base, [value + 0.01 for value in base]))
    assert not is_told((base, list(reversed(base))))
    assert differs(base, base[::-1]) > 0.9
