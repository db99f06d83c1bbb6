"""Tokens, their lifetimes, and how they end."""

import base64
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.utils import timezone
from rest_framework.test import APIClient

from conftest import browser
from dott.platform.identity.models import Session
from dott.platform.identity.sealing import unseal
from dott.platform.identity.sessions import MAX_SESSIONS, new_token, stored_hash, token_proof
from dott.platform.identity.tests.support import (
    ME,
    NEW_PASSWORD,
    SIGN_UP,
    age,
    follow_token,
    mailed_code,
    row_of,
    sign_in,
    token_of,
)
from dott.platform.tenancy import transactions
from dott.platform.tenancy.router import AUTH

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
TENANT_PATH = "/api/isolation/"
SESSIONS = "/api/auth/sessions/"


def test_the_token_is_nowhere_in_the_database(api: APIClient) -> None:
    sign_in(api, "alice")
    token = token_of(api)
    assert len(token) == 43
    with connections[AUTH].cursor() as cursor:
        cursor.execute("SELECT s::text, token_hash FROM identity_session s")
        for text, token_hash in cursor.fetchall():
            assert token not in text
            assert len(token_hash) == 32


def test_a_pending_code_is_unreadable_in_the_database(api: APIClient) -> None:
    api.post(SIGN_UP, {"email": "nina@example.com", "password": NEW_PASSWORD, "name": "Nina"})
    row = row_of(api)
    assert mailed_code() not in row.session_data
    assert "nina" not in base64.urlsafe_b64decode(row.session_data).decode("latin-1")
    assert mailed_code() in str(unseal(row.session_data))


@pytest.mark.asvs("11.2.2")
def test_a_session_survives_a_change_of_the_secret_key(api: APIClient, settings: Any) -> None:
    api.post(SIGN_UP, {"email": "nina@example.com", "password": NEW_PASSWORD, "name": "Nina"})
    sealed = row_of(api).session_data
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert mailed_code() in str(unseal(sealed))
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(sealed) == {}


@pytest.mark.asvs("3.3.2", "3.3.4")
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(api: APIClient, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    cookie = sign_in(api, "alice").cookies["sid"]
    assert cookie["httponly"] is True
    assert cookie["secure"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["domain"] == ""
    assert cookie["path"] == "/"
    assert 0 < cookie["max-age"] <= settings.SESSION_COOKIE_AGE


@pytest.mark.asvs("7.2.4")
def test_a_token_chosen_by_somebody_else_is_never_adopted(api: APIClient) -> None:
    planted = new_token()
    api.cookies["sid"] = planted
    api.get("/api/auth/csrf/")
    follow_token(api)
    assert sign_in(api, "alice").status_code == 200
    assert token_of(api) != planted
    assert not Session.objects.filter(token_hash=stored_hash(planted)).exists()


@pytest.mark.asvs("7.2.4")
def test_a_session_that_was_begun_before_signing_in_gets_a_new_token(api: APIClient) -> None:
    api.post("/api/auth/browser/v1/auth/password/request", {"email": "alice@example.com"})
    follow_token(api)
    before = token_of(api)
    assert before
    assert sign_in(api, "alice").status_code == 200
    assert token_of(api) != before
    api.cookies["sid"] = before
    assert api.get(ME).status_code == 401


@pytest.mark.asvs("7.3.1", "7.3.2")
@pytest.mark.parametrize(("column", "lifetime"), [("last_seen_at", "8 hours"), ("expires_at", "7 days")])
def test_sessions_expire_by_idleness_and_by_age(api: APIClient, column: str, lifetime: str) -> None:
    sign_in(api, "alice")
    age(api, column, f"{lifetime} - 1 minute")
    assert api.get(ME).status_code == 200
    age(api, column, f"{lifetime} + 1 minute")
    assert api.get(ME).status_code == 401
    assert api.get(TENANT_PATH).status_code == 401


def test_use_keeps_a_session_from_idling_out(api: APIClient) -> None:
    sign_in(api, "alice")
    for path in (ME, TENANT_PATH):
        age(api, "last_seen_at", "7 hours 59 minutes")
        assert api.get(path).status_code == 200
        assert timezone.now() - row_of(api).last_seen_at < timedelta(minutes=1)


def test_revoking_a_session_takes_effect_on_its_next_request(api: APIClient, api_as: Any) -> None:
    other = api_as("alice")
    sign_in(api, "alice")
    listed = api.get(SESSIONS).json()["results"]
    assert {row["is_current"] for row in listed} == {True, False}
    other_id = next(row["id"] for row in listed if not row["is_current"])
    assert other.get(TENANT_PATH).status_code == 200
    assert api.delete(f"{SESSIONS}{other_id}/").status_code == 204
    assert other.get(TENANT_PATH).status_code == 401
    assert other.get(ME).status_code == 401
    assert [row["is_current"] for row in api.get(SESSIONS).json()["results"]] == [True]


def test_nobody_revokes_the_session_of_somebody_else(api_as: Any, world: Any) -> None:
    bob, alice = api_as("bob"), api_as("alice")
    foreign = bob.delete(f"{SESSIONS}{row_of(alice).id}/")
    random = bob.delete(f"{SESSIONS}{world.bakery}/")
    assert foreign.status_code == random.status_code == 404
    assert foreign.json()["detail"] == random.json()["detail"]
    assert alice.get(ME).status_code == 200


@pytest.mark.asvs("7.5.2")
def test_revoking_all_others_keeps_this_one(api: APIClient, api_as: Any) -> None:
    others = [api_as("alice"), browser()]
    sign_in(others[1], "alice")
    sign_in(api, "alice")
    assert api.post(f"{SESSIONS}revoke-others/").json() == {"revoked": 2}
    assert [other.get(ME).status_code for other in others] == [401, 401]
    assert api.get(ME).status_code == 200


def test_revoking_the_current_session_signs_out(api_as: Any) -> None:
    alice = api_as("alice")
    assert alice.delete(f"{SESSIONS}{row_of(alice).id}/").status_code == 204
    assert token_of(alice) == ""


@pytest.mark.asvs("7.1.2")
def test_the_twenty_first_session_ends_the_one_that_was_idle_longest(api: APIClient, world: Any) -> None:
    now = timezone.now()
    Session.objects.bulk_create(
        Session(
            token_hash=stored_hash(f"older {n}"),
            user_id=world["alice"].user_id,
            last_seen_at=now - timedelta(minutes=n + 1),
            expires_at=now + timedelta(days=1),
        )
        for n in range(MAX_SESSIONS - 1)
    )
    sign_in(api, "alice")
    live = Session.objects.live().filter(user_id=world["alice"].user_id)
    assert live.count() == MAX_SESSIONS
    assert not live.filter(token_hash=stored_hash(f"older {MAX_SESSIONS - 2}")).exists()


def test_a_session_remembers_its_network_and_browser_and_no_address(api: APIClient) -> None:
    api.credentials(
        HTTP_X_CSRFTOKEN="t" * 32,
        HTTP_ORIGIN=settings.PUBLIC_ORIGIN,
        HTTP_X_FORWARDED_FOR="10.0.0.1, 203.0.113.77",
        HTTP_USER_AGENT="Mozilla/5.0 " + "x" * 300,
    )
    api.post(
        "/api/auth/browser/v1/auth/login",
        {"email": "alice@example.com", "password": "correct horse battery staple"},
    )
    row = row_of(api)
    assert row.ip == "203.0.113.0/24"
    assert len(row.user_agent) == 255


def test_two_session_cookies_in_one_request_are_refused(api_as: Any) -> None:
    alice = api_as("alice")
    token = token_of(alice)
    for path in (ME, TENANT_PATH):
        for cookies in (f"sid={token}; sid={token}", f"sid=tossed; csrftoken=a; sid ={token}"):
            refused = browser().get(path, HTTP_COOKIE=cookies)
            assert refused.status_code == 400
            assert refused.json()["code"] == "duplicate_session_cookie"
    assert browser().get(ME, HTTP_COOKIE=f"mysid=1; sid={token}; sidx=2").status_code == 200


def test_an_authorization_header_never_falls_back_to_the_cookie(api_as: Any) -> None:
    refused = api_as("alice").get(TENANT_PATH, HTTP_AUTHORIZATION="Bearer something")
    assert refused.status_code == 401
    assert refused.json()["code"] == "malformed_api_key"
    assert "WWW-Authenticate" in refused.headers


def test_a_refused_change_writes_nothing(api_as: Any) -> None:
    alice = api_as("alice")
    refused = alice.patch(ME, {"name": "Alicia", "timezone": "Mars/Olympus"})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "/timezone"
    assert alice.get(ME).json()["user"]["name"] == "Alice"


def test_a_person_without_a_time_zone_of_her_own_follows_the_business(api_as: Any) -> None:
    alice = api_as("alice")
    assert alice.get(ME).json()["user"]["timezone"] == ""
    for zone in ("Europe/Berlin", ""):
        changed = alice.patch(ME, {"timezone": zone})
        assert (changed.status_code, changed.json()["user"]["timezone"]) == (200, zone)


def test_a_long_request_holds_up_no_other(api: APIClient) -> None:
    """The first request after a minute writes the time of use, and holds the row until it ends."""
    sign_in(api, "alice")
    age(api, "last_seen_at", "5 minutes")
    with transactions.session(token_proof(token_of(api))):
        assert api.get(ME).status_code == 200


@pytest.mark.asvs("6.2.10")
def test_a_password_does_not_grow_old(api: APIClient) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=3650), tick=True):
        assert sign_in(api, "alice").status_code == 200
