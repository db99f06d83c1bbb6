"""How often a password may be tried: exactly so often, also by sixty at once."""

from collections import Counter
from typing import Any

import pytest
from rest_framework.test import APIClient

from conftest import browser
from dott.platform.identity.tests.support import (
    REQUEST_RESET,
    SIGN_IN,
    SIGN_UP,
    VERIFY,
    sign_in,
    simultaneously,
    token_of,
)

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.usefixtures("patient_pool"),
]

ATTEMPTS = 60


@pytest.mark.asvs("6.3.1")
def test_of_sixty_simultaneous_guesses_at_one_account_exactly_the_limit_passes(
    world: Any, settings: Any
) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"sign_in_ip": (1000, 60), "sign_in_account": (5, 900)}
    guesses = [{"email": "alice@example.com", "password": f"guess number {n}"} for n in range(ATTEMPTS)]
    answers = simultaneously(SIGN_IN, guesses)
    assert Counter(answer.status_code for answer in answers) == {400: 5, 429: 55}
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["code"] == "rate_limited"
    assert 0 < int(refused.headers["Retry-After"]) <= 900


def test_of_sixty_simultaneous_guesses_from_one_address_exactly_the_limit_passes(
    world: Any, settings: Any
) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"sign_in_ip": (7, 60), "sign_in_account": (5, 900)}
    guesses = [{"email": f"user{n}@example.com", "password": "one guess each"} for n in range(ATTEMPTS)]
    answers = simultaneously(SIGN_IN, guesses)
    assert Counter(answer.status_code for answer in answers) == {400: 7, 429: 53}


def test_an_account_that_does_not_exist_is_limited_alike(world: Any) -> None:
    statuses = {}
    for email in ("alice@example.com", "nobody@example.com"):
        body = {"email": email, "password": "not the right one"}
        statuses[email] = [browser().post(SIGN_IN, body).status_code for _ in range(7)]
    assert statuses["alice@example.com"] == statuses["nobody@example.com"] == [400] * 5 + [429] * 2


def test_the_right_password_ends_the_count_of_wrong_ones(world: Any) -> None:
    for _ in range(2):
        for _ in range(4):
            assert sign_in(browser(), "alice", "not the right one").status_code == 400
        assert sign_in(browser(), "alice").status_code == 200


def test_spelling_an_address_differently_makes_no_new_account_to_guess_at(world: Any) -> None:
    for n in range(5):
        email = "alice@example.com" if n % 2 else " ALICE@example.com "
        browser().post(SIGN_IN, {"email": email, "password": "not the right one"})
    assert sign_in(browser(), "alice").status_code == 429


@pytest.mark.asvs("4.1.3")
def test_a_forged_forwarded_header_makes_no_new_client(world: Any, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"sign_in_ip": (3, 60)}
    statuses = [
        browser()
        .post(
            SIGN_IN,
            {"email": f"user{n}@example.com", "password": "one guess each"},
            HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.9",
        )
        .status_code
        for n in range(5)
    ]
    assert statuses == [400, 400, 400, 429, 429]


def test_one_ipv6_customer_is_one_client(world: Any, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"sign_in_ip": (2, 60)}
    addresses = ["2001:db8:1:1::1", "2001:db8:1:1:ffff::2", "2001:db8:1:1:2::3", "2001:db8:1:2::1"]
    statuses = [
        browser()
        .post(SIGN_IN, {"email": f"user{n}@example.com", "password": "x"}, HTTP_X_FORWARDED_FOR=address)
        .status_code
        for n, address in enumerate(addresses)
    ]
    assert statuses == [400, 400, 429, 400]


def test_parallel_guesses_at_a_code_are_all_counted(world: Any, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"code_ip": (1000, 60), "code_session": (1000, 60)}
    nina = browser()
    nina.post(SIGN_UP, {"email": "nina@example.com", "password": "purple donkey hedge", "name": "Nina"})
    guesses = [{"key": f"AAAA-AAA{letter}"} for letter in "BCDFGHJKLM"]
    answers = simultaneously(VERIFY, guesses, token_of(nina))
    assert Counter(answer.status_code for answer in answers) == {400: 3, 409: 7}


def test_mails_to_one_address_are_limited(api: APIClient) -> None:
    statuses = [browser().post(REQUEST_RESET, {"email": "alice@example.com"}).status_code for _ in range(5)]
    assert statuses == [401, 401, 401, 429, 429]


def test_a_forged_request_uses_up_nobodys_attempts(world: Any, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"sign_in_account": (2, 900)}
    forger = browser()
    forger.credentials(HTTP_ORIGIN="https://evil.example")
    guess = {"email": "alice@example.com", "password": "made to fail elsewhere"}
    assert [forger.post(SIGN_IN, guess).status_code for _ in range(4)] == [403] * 4
    assert sign_in(browser(), "alice").status_code == 200
