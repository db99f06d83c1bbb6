"""Malformed requests to the account endpoints, and where a request comes from."""

from typing import Any

import pytest
from django.db import connections
from django.test import RequestFactory

from conftest import browser
from dott.platform.identity.client import Client, limiter_key
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import User
from dott.platform.identity.tests.support import (
    ME,
    NEW_PASSWORD,
    SESSION,
    SIGN_IN,
    SIGN_UP,
    VERIFY,
    simultaneously,
)


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "invalid_json"),
        (b'{"email": "a@b.de", "email": "c@d.de"}', "application/json", 400, "duplicate_key"),
        (b"[" * 5000 + b"]" * 5000, "application/json", 400, "too_deep"),
        (b"[]", "application/json", 400, "invalid_input"),
        (b'"text"', "application/json", 400, "invalid_input"),
        (b'{"email": 1, "password": {}}', "application/json", 400, "invalid_input"),
        (b'{"email": "\\u0000@example.com", "password": "x"}', "application/json", 400, "nul_character"),
        (b"\xff\xfe", "application/json", 400, "invalid_utf8"),
        (b"email=a&password=b", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        (b'{"email": "' + b"x" * 3_000_000 + b'"}', "application/json", 413, "too_large"),
    ],
)
def test_malformed_bodies_get_a_problem(
    api: Any, body: bytes, content_type: str, status: int, code: str
) -> None:
    response = api.generic("POST", SIGN_IN, body, content_type)
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == code


def test_unknown_query_parameters_are_refused(api: Any) -> None:
    for path in (ME, SESSION, "/api/auth/csrf/"):
        assert api.get(f"{path}?page=1").status_code in {400, 401}
    assert api.get(f"{SESSION}?page=1").json()["errors"][0]["parameter"] == "page"


@pytest.mark.asvs("6.3.4")
def test_methods_that_allauth_offers_and_dott_does_not_use_are_not_mounted(api: Any) -> None:
    # GET tells whether a code is right, and for an unknown address it would fail differently.
    assert api.get(VERIFY).status_code == 405
    assert api.get("/api/auth/browser/v1/auth/password/reset").status_code == 405
    for path in ("account/email", "account/phone", "auth/code/request", "auth/reauthenticate", "config"):
        assert api.get(f"/api/auth/browser/v1/{path}").status_code == 404


@pytest.mark.asvs("14.3.2")
def test_answers_of_identity_are_never_cached(api: Any, api_as: Any) -> None:
    for client, path in ((api, SESSION), (api_as("alice"), ME), (api_as("alice"), "/api/tenants/")):
        assert client.get(path).headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_simultaneous_sign_ups_with_one_address_make_one_account(world: Any) -> None:
    body = {"email": "nina@example.com", "password": NEW_PASSWORD, "name": "Nina Novak"}
    answers = simultaneously(SIGN_UP, [body] * 4)
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.json()["code"] for answer in answers} == {"verification_required"}
    user = User.objects.get(email="nina@example.com")
    assert all_memberships().filter(user_id=user.pk).count() == 1
    with connections["auth"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM identity_tenant WHERE slug LIKE 'nina-novak%'")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_simultaneous_namesakes_get_different_slugs(world: Any) -> None:
    bodies = [
        {"email": f"nina{n}@example.com", "password": NEW_PASSWORD, "name": "Nina Novak"} for n in range(4)
    ]
    answers = simultaneously(SIGN_UP, bodies)
    assert {answer.status_code for answer in answers} == {401}
    assert User.objects.filter(email__startswith="nina").count() == 4


@pytest.mark.asvs("15.3.4")
@pytest.mark.parametrize(
    ("forwarded", "count", "key", "network"),
    [
        ("203.0.113.9", 1, "203.0.113.9", "203.0.113.0/24"),
        ("1.1.1.1, 203.0.113.9", 1, "203.0.113.9", "203.0.113.0/24"),
        ("203.0.113.9, 10.0.0.7", 2, "203.0.113.9", "203.0.113.0/24"),
        ("203.0.113.9", 2, "192.0.2.1", "192.0.2.0/24"),
        ("203.0.113.9", 0, "192.0.2.1", "192.0.2.0/24"),
        ("", 1, "192.0.2.1", "192.0.2.0/24"),
        ("::ffff:203.0.113.9", 1, "203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", 1, "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("not an address", 1, "unknown", ""),
    ],
)
def test_the_client_is_what_our_own_proxies_saw(
    settings: Any, forwarded: str, count: int, key: str, network: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = count
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **more)
    assert limiter_key(request) == key
    assert Client.of(request).ip == network


def test_a_browser_without_cookies_has_no_session(world: Any) -> None:
    answer = browser().get(SESSION)
    assert answer.status_code == 401
    assert "sid" not in answer.cookies
    assert [flow["id"] for flow in answer.json()["flows"]] == [
        "login",
        "signup",
        "mfa_login_webauthn",
        "password_reset_by_code",
    ]
