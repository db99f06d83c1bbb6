"""Every unsafe request proves that it comes from Dott's own pages."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from conftest import browser
from dott.platform.identity.csrf import csrf_secret
from dott.platform.identity.tests.support import ME, SESSION, SIGN_IN, follow_token, sign_in, token_of
from tests.world import PASSWORD

ORIGIN = "http://localhost:3000"
ALICE = {"email": "alice@example.com", "password": PASSWORD}
UNSAFE = [
    ("post", SIGN_IN),
    ("delete", SESSION),
    ("patch", ME),
    ("post", "/api/tenants/"),
    ("post", "/api/tenants/switch/"),
    ("post", "/api/auth/sessions/revoke-others/"),
    ("post", "/api/crm/customers/"),
    ("post", "/api/no/such/path/"),
]


def headers(token: str = "", **more: str) -> dict[str, str]:
    return {"HTTP_X_CSRFTOKEN": token, "HTTP_ORIGIN": ORIGIN} | more


def refused(response: Any) -> bool:
    return bool(response.status_code == 403 and response.json()["code"] == "csrf_failed")


@pytest.mark.parametrize(("method", "path"), UNSAFE[:-1])
def test_no_unsafe_method_works_without_a_token(api_as: Any, method: str, path: str) -> None:
    alice = api_as("alice")
    alice.credentials(HTTP_ORIGIN=ORIGIN)
    assert refused(getattr(alice, method)(path, {}))


def test_signing_in_needs_a_token_too(api: APIClient) -> None:
    api.credentials(HTTP_ORIGIN=ORIGIN)
    assert refused(api.post(SIGN_IN, ALICE))
    del api.cookies["csrftoken"]
    api.credentials(**headers("t" * 32))
    assert refused(api.post(SIGN_IN, ALICE))
    assert token_of(api) == ""


@pytest.mark.asvs("3.5.1")
@pytest.mark.parametrize(
    "source",
    [
        {"HTTP_ORIGIN": "http://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://localhost:3001"},
        {"HTTP_ORIGIN": "https://localhost:3000"},
        {"HTTP_REFERER": "http://evil.example/http://localhost:3000/"},
        {"HTTP_REFERER": "http://localhost:3000.evil.example/"},
        {"HTTP_REFERER": "http://[broken"},
        {},
        {"HTTP_ORIGIN": ORIGIN, "HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": ORIGIN, "HTTP_SEC_FETCH_SITE": "same-site"},
    ],
)
def test_a_request_from_elsewhere_is_refused_despite_its_token(api_as: Any, source: dict[str, str]) -> None:
    alice = api_as("alice")
    alice.credentials(HTTP_X_CSRFTOKEN=alice.cookies["csrftoken"].value, **source)
    assert refused(alice.patch(ME, {"name": "Forged"}))
    assert alice.get(ME).json()["user"]["name"] == "Alice"


@pytest.mark.parametrize(
    "source",
    [
        {"HTTP_ORIGIN": ORIGIN},
        {"HTTP_REFERER": f"{ORIGIN}/settings"},
        {"HTTP_ORIGIN": ORIGIN, "HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_ORIGIN": ORIGIN, "HTTP_SEC_FETCH_SITE": "none"},
    ],
)
def test_a_request_from_our_pages_passes(api_as: Any, source: dict[str, str]) -> None:
    alice = api_as("alice")
    alice.credentials(HTTP_X_CSRFTOKEN=alice.cookies["csrftoken"].value, **source)
    assert alice.patch(ME, {"name": "Alicia"}).status_code == 200


def test_the_token_of_another_session_is_refused(api_as: Any, world: Any) -> None:
    alice = api_as("alice")
    for token in (csrf_secret(world["bob"].token), "t" * 32, "", "short", "ü" * 32, "t" * 64):
        # Also when the attacker managed to plant a matching cookie.
        alice.cookies["csrftoken"] = token if token.isascii() else "t" * 32
        alice.credentials(**headers(token.encode("latin-1").decode("latin-1")))
        assert refused(alice.patch(ME, {"name": "Forged"})), token


def test_the_token_from_before_signing_in_is_dead_afterwards(api: APIClient) -> None:
    before = api.cookies["csrftoken"].value
    sign_in(api, "alice")
    assert api.cookies["csrftoken"].value == csrf_secret(token_of(api))
    api.credentials(**headers(before))
    assert refused(api.patch(ME, {"name": "Forged"}))


def test_a_refusal_hands_out_the_right_token(api_as: Any) -> None:
    alice = api_as("alice")
    alice.cookies["csrftoken"] = "stale"
    alice.credentials(**headers("s" * 32))
    assert refused(alice.patch(ME, {"name": "Alicia"}))
    follow_token(alice)
    assert alice.patch(ME, {"name": "Alicia"}).status_code == 200


def test_the_token_endpoint_serves_strangers_and_members(api_as: Any, world: Any) -> None:
    stranger = browser()
    del stranger.cookies["csrftoken"]
    token = stranger.get("/api/auth/csrf/").json()["csrf_token"]
    stranger.credentials(**headers(token))
    assert stranger.post(SIGN_IN, ALICE).status_code == 200

    mia = api_as("mia")
    mia.credentials(**headers(mia.get("/api/auth/csrf/").json()["csrf_token"]))
    assert mia.patch(ME, {"name": "Mia M."}).status_code == 200


def test_reading_needs_no_token(api_as: Any) -> None:
    alice = api_as("alice")
    alice.credentials()
    assert alice.get(ME).status_code == 200
