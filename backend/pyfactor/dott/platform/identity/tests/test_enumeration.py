"""Whether an address has an account is told by no answer; only by the mail to that address."""

import time
from typing import Any

import pytest
from django.core import mail
from rest_framework.test import APIClient

from conftest import browser
from dott.platform.identity.models import User
from dott.platform.identity.tests.support import (
    NEW_PASSWORD,
    REQUEST_RESET,
    RESEND,
    RESET,
    SIGN_IN,
    SIGN_UP,
    VERIFY,
    follow_token,
)

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

KNOWN, UNKNOWN = "alice@example.com", "nobody@example.com"


def told(response: Any) -> Any:
    """Everything of an answer that a client sees, except what differs between any two requests."""
    body = {key: value for key, value in response.json().items() if key != "request_id"}
    headers = {
        key: value
        for key, value in response.headers.items()
        if key not in {"X-Request-ID", "RateLimit", "Content-Length", "Expires"}
    }
    return response.status_code, body, headers, sorted(response.cookies)


def both(path: str, body: dict[str, str], *then: tuple[str, dict[str, str]]) -> list[list[Any]]:
    """The answers to the same requests, for a known and for an unknown address."""
    answers = []
    for email in (KNOWN, UNKNOWN):
        client: APIClient = browser()
        steps = [told(client.post(path, body | {"email": email}))]
        follow_token(client)
        steps += [told(client.post(step, data)) for step, data in then]
        answers.append(steps)
    return answers


@pytest.mark.asvs("6.3.8")
def test_sign_up(world: Any) -> None:
    known, unknown = both(
        SIGN_UP,
        {"password": NEW_PASSWORD, "name": "Somebody"},
        (VERIFY, {"key": "WRNG-CODE"}),
        (RESEND, {}),
        (VERIFY, {"key": "WRNG-CODE"}),
        (VERIFY, {"key": "WRNG-CODE"}),
        (VERIFY, {"key": "WRNG-CODE"}),
    )
    assert known == unknown
    assert mail.outbox[0].to == [KNOWN]
    assert mail.outbox[0].subject == "You already have a Dott account"
    assert "http://localhost:3000/forgotten-password" in mail.outbox[0].body
    assert mail.outbox[1].to == [UNKNOWN]
    assert User.objects.filter(email=KNOWN).count() == 1


def test_request_and_reset(world: Any) -> None:
    known, unknown = both(
        REQUEST_RESET,
        {},
        (RESET, {"key": "WRNG-CODE", "password": NEW_PASSWORD}),
        (RESET, {"key": "WRNG-CODE", "password": "alice@example.com"}),
        (RESET, {"key": "WRNG-CODE", "password": NEW_PASSWORD}),
        (RESET, {"key": "WRNG-CODE", "password": NEW_PASSWORD}),
    )
    assert known == unknown
    assert [message.subject for message in mail.outbox[1:]] == ["There is no Dott account with this address"]


@pytest.mark.asvs("6.3.8")
def test_sign_in(world: Any) -> None:
    known, unknown = both(SIGN_IN, {"password": "not the right one"})
    assert known == unknown


@pytest.mark.asvs("6.3.8")
def test_an_unknown_address_costs_as_many_hashes(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dott.platform.identity import passwords

    hashes = []
    slot = passwords.hashing_slot
    monkeypatch.setattr(passwords, "hashing_slot", lambda: hashes.append(time.monotonic()) or slot())
    for path, body in (
        (SIGN_UP, {"password": NEW_PASSWORD, "name": "Somebody"}),
        (SIGN_IN, {"password": "not the right one"}),
    ):
        counts = []
        for email in (KNOWN, "somebody-else@example.com"):
            hashes.clear()
            browser().post(path, body | {"email": email})
            counts.append(len(hashes))
        assert counts == [1, 1], path
