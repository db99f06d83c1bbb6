"""Making, showing and ending API keys in the settings."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from dott.platform.identity import scopes
from dott.platform.identity.actions.api_keys import MAX_KEYS
from dott.platform.identity.keys.format import checksum, is_well_formed, new_key
from dott.platform.identity.models import ApiKey, Session
from dott.platform.tenancy.router import AUTH
from tests.keys import made_key

KEYS = "/api/tenants/current/api-keys/"
TILL = {"name": "Till", "scopes": ["customers:read", "deals:write"], "expires_in_days": 30}


def test_a_key_has_a_shape_that_scanners_know() -> None:
    keys = [new_key() for _ in range(50)]
    assert len({key for key, _ in keys}) == len({name for _, name in keys}) == 50
    for key, name in keys:
        assert (len(key), key[:9], key[:17]) == (67, "dott_key_", name)
        assert is_well_formed(key)


def test_a_checksum_never_changes() -> None:
    # Keys outlive versions of Dott.
    assert checksum("dott_key_aaaaaaaa_" + "b" * 43) == "2c9WAE"


def test_no_slip_of_the_finger_is_taken_for_a_key() -> None:
    key, _ = new_key()
    for place in range(len(key)):
        other = "x" if key[place] != "x" else "y"
        assert not is_well_formed(key[:place] + other + key[place + 1 :]), place
        assert not is_well_formed(key[:place] + key[place + 1 :]), place
    for wrong in ("", "x", key + "0", " " + key, key.upper(), "é" * 67, key[:-6] + "é" * 6):
        assert not is_well_formed(wrong)


def test_a_key_is_shown_once_and_kept_as_a_hash(api_as: Any) -> None:
    mia = api_as("mia")
    made = mia.post(KEYS, TILL)
    assert made.status_code == 201
    body = made.json()
    key = body.pop("key")
    assert is_well_formed(key)
    assert made.headers["Cache-Control"] == "private, no-store"
    assert body == {
        "id": body["id"],
        "name": "Till",
        "prefix": key[:17],
        "scopes": ["customers:read", "deals:write"],
        "created_at": body["created_at"],
        "expires_at": body["expires_at"],
        "last_used_at": None,
        "made_by": "Mia",
        "is_mine": True,
    }
    assert mia.get(KEYS).json() == {"results": [body]}
    with connections[AUTH].cursor() as cursor:
        cursor.execute("SELECT row_to_json(k)::text FROM identity_apikey k")
        (row,) = cursor.fetchone()
    assert key[18:] not in row
    assert key.encode().hex() not in row


def test_its_maker_is_told(api_as: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(using=AUTH, execute=True):
        key = api_as("mia").post(KEYS, TILL).json()["key"]
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["mia@example.com"], "A new API key in Alice's Bakery")
    assert f"Till ({key[:17]}…)" in message.body
    assert key[18:] not in message.body + str(message.alternatives)


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"name": ""}, "/name", "blank"),
        ({"name": "x" * 61}, "/name", "max_length"),
        ({"scopes": []}, "/scopes", "empty"),
        ({"scopes": ["customers:read", "everything:write"]}, "/scopes/1", "invalid_choice"),
        ({"scopes": "customers:read"}, "/scopes", "not_a_list"),
        ({"expires_in_days": 0}, "/expires_in_days", "min_value"),
        ({"expires_in_days": 366}, "/expires_in_days", "max_value"),
        ({"expires_in_days": None}, "/expires_in_days", "null"),
        ({"user": "x"}, "/user", "unknown_field"),
    ],
    ids=str,
)
def test_what_is_wrong_is_named(api_as: Any, changes: Any, pointer: str, code: str) -> None:
    answer = api_as("mia").post(KEYS, TILL | changes)
    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]
    assert not ApiKey.objects.exists()


def test_members_see_their_own_and_admins_all(api_as: Any, world: Any) -> None:
    rows = {name: made_key(world[name]).row for name in ("alice", "mia", "sam", "vera", "bob")}

    def seen_by(name: str) -> list[str]:
        return sorted(each["made_by"] for each in api_as(name).get(KEYS).json()["results"])

    assert [seen_by(name) for name in ("mia", "vera", "bob")] == [["Mia"], ["Vera"], ["Bob"]]
    assert seen_by("adam") == seen_by("alice") == ["Alice", "Mia", "Sam", "Vera"]
    for name, whose in (("mia", "alice"), ("mia", "bob"), ("alice", "bob"), ("vera", "mia")):
        assert api_as(name).delete(f"{KEYS}{rows[whose].id}/").status_code == 404
    assert ApiKey.objects.kept().count() == 5
    for name, whose in (("adam", "alice"), ("mia", "mia"), ("vera", "vera")):
        assert api_as(name).delete(f"{KEYS}{rows[whose].id}/").status_code == 204
        assert api_as(name).delete(f"{KEYS}{rows[whose].id}/").status_code == 404
    assert seen_by("alice") == ["Sam"]


def test_a_session_left_open_makes_none(api_as: Any, world: Any) -> None:
    sessions = Session.objects.filter(user_id=world["mia"].user_id)
    sessions.update(auth_time=timezone.now() - timedelta(minutes=11))
    refused = api_as("mia").post(KEYS, TILL)
    assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication_required")
    sessions.update(auth_time=timezone.now(), second_factor_at=timezone.now())
    assert api_as("mia").post(KEYS, TILL).status_code == 201
    assert ApiKey.objects.get().has_second_factor


def test_viewers_make_none(api_as: Any) -> None:
    assert api_as("vera").post(KEYS, TILL).status_code == 403


def test_nobody_hoards_keys(api_as: Any, world: Any) -> None:
    for _ in range(MAX_KEYS - 1):
        made_key(world["mia"])
    made_key(world["sam"])
    mia = api_as("mia")
    assert mia.post(KEYS, TILL).status_code == 201
    refused = mia.post(KEYS, TILL)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_api_keys")


def test_making_is_limited(api_as: Any, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"api_key_maker": (1, 60)}
    assert api_as("mia").post(KEYS, TILL).status_code == 201
    assert api_as("mia").post(KEYS, TILL).status_code == 429
    assert api_as("sam").post(KEYS, TILL).status_code == 201


def test_what_ended_long_ago_is_forgotten(api_as: Any, world: Any) -> None:
    long_ago = timezone.now() - timedelta(days=91)
    made_key(world["mia"], name="revoked", revoked_at=long_ago)
    made_key(world["mia"], name="expired", expires_at=long_ago)
    made_key(world["mia"], name="lately", revoked_at=timezone.now())
    made_key(world["sam"], name="another's", revoked_at=long_ago)
    assert api_as("mia").post(KEYS, TILL).status_code == 201
    assert sorted(ApiKey.objects.values_list("name", flat=True)) == ["Till", "another's", "lately"]


def test_the_table_of_scopes() -> None:
    assert scopes.needed("customer-list", "GET") == "customers:read"
    assert scopes.needed("customer-list", "HEAD") == "customers:read"
    assert scopes.needed("customer-merge", "POST") == "customers:write"
    assert scopes.needed("customer-contact-detail", "DELETE") == "contacts:write"
    assert scopes.needed("change-list", "GET") == "history:read"
    assert scopes.needed("change-undo", "POST") is None
    assert scopes.needed("dashboard", "GET") == "overview:read"
    assert scopes.needed("dashboard", "POST") is None
    assert scopes.needed("", "GET") is None
    assert "overview:write" not in scopes.every()
    assert scopes.suffices({"deals:write"}, "deals:read")
    assert not scopes.suffices({"deals:read"}, "deals:write")
    assert not scopes.suffices({"deals:write"}, "customers:read")
    with pytest.raises(ValueError, match="customer belongs to customers already"):
        scopes.register({"customer": "contacts"})
