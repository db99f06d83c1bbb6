"""Acts that ask again who is there, and how she answers."""

import re
from typing import Any

import pytest
from rest_framework.test import APIClient

from conftest import browser
from dott.platform.identity.checks import fresh_routes_are_identitys, routes
from dott.platform.identity.fresh import SENSITIVE
from dott.platform.identity.models import Membership
from dott.platform.identity.tests.factors_support import (
    FACTORS,
    STEP_UP,
    TOTP,
    TOTP_BEGIN,
    code_now,
    enrol,
    grow_stale,
)
from dott.platform.identity.tests.support import CHANGE, ME, age, follow_token, row_of, sign_in, token_of
from tests.world import PASSWORD

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.usefixtures("early_in_the_period"),
]

# What a test sends to each of the table's operations; the others take no body.
BODIES: dict[str, Any] = {
    "change-password": {"current_password": PASSWORD, "new_password": "purple donkey over the hedge"},
    "factor-totp": {"code": "000000"},
    "factor-passkey-list": {"name": "Laptop", "credential": {}},
    "invitation-list": {"email": "nina@example.com", "role": "owner"},
    "member-detail": {"role": "owner"},
    "tenant-security": {"second_factor": "nobody"},
}
ACTS = [(route, method) for route, methods in SENSITIVE.items() for method in sorted(methods)]


def stale(client: APIClient) -> APIClient:
    """The same browser, eleven minutes later."""
    grow_stale(client)
    return client


def path_of(route: str, member_id: Any) -> str:
    """The address of an operation; ids are filled in."""
    path = next(path for path, name, _, _ in routes() if name == route)
    return "/" + re.sub("<uuid:[a-z_]+>", str(member_id), path).replace("<int:passkey_id>", "1")


@pytest.mark.asvs("7.5.1", "7.5.3")
@pytest.mark.parametrize(("route", "method"), ACTS)
def test_each_act_of_the_table_is_refused_in_a_stale_session(
    api_as: Any, world: Any, route: str, method: str
) -> None:
    alice = stale(api_as("alice"))
    send = getattr(alice, method.lower())
    path = path_of(route, world["mia"].membership_id)
    refused = send(path, BODIES.get(route, {}))
    assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication_required")
    assert refused.json()["methods"] == ["password"]
    assert alice.get(FACTORS).json() == {"totp": None, "passkeys": [], "recovery_codes": None}
    alice.post(f"{STEP_UP}password/", {"password": PASSWORD})
    follow_token(alice)
    again = send(path, BODIES.get(route, {}))
    assert b"reauthentication_required" not in again.content


def test_a_stale_session_changes_no_role(api_as: Any, world: Any) -> None:
    alice = stale(api_as("alice"))
    path = f"/api/tenants/current/members/{world['mia'].membership_id}/"
    assert alice.patch(path, {"role": "owner"}).status_code == 403
    listed = alice.get("/api/tenants/current/members/").json()["results"]
    assert next(row for row in listed if row["display_name"] == "Mia")["role"] == Membership.Role.MEMBER


def test_a_proof_lasts_ten_minutes(api: APIClient) -> None:
    sign_in(api, "alice")
    age(api, "auth_time", "9 minutes 50 seconds")
    assert api.get(STEP_UP).json() == {"is_fresh": True, "methods": ["password"]}
    assert api.post(TOTP_BEGIN).status_code == 200
    age(api, "auth_time", "11 seconds")
    assert api.get(STEP_UP).json() == {"is_fresh": False, "methods": ["password"]}
    assert api.post(TOTP_BEGIN).status_code == 403


def test_the_right_password_renews_the_session(api_as: Any) -> None:
    alice = stale(api_as("alice"))
    before = token_of(alice)
    assert alice.post(f"{STEP_UP}password/", {"password": PASSWORD}).status_code == 204
    follow_token(alice)
    assert token_of(alice) != before
    assert browser(before).get(ME).status_code == 401
    assert row_of(alice).second_factor_at is None
    assert alice.post(TOTP_BEGIN).status_code == 200


def test_the_wrong_password_does_not_and_is_counted(api_as: Any) -> None:
    alice = stale(api_as("alice"))
    answers = [alice.post(f"{STEP_UP}password/", {"password": "not the right one"}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [400] * 5 + [429] * 2
    assert answers[0].json()["errors"][0]["code"] == "incorrect_password"
    assert alice.post(TOTP_BEGIN).status_code == 403


def test_whoever_has_a_factor_confirms_by_that(api_as: Any) -> None:
    alice = api_as("alice")
    secret, codes = enrol(alice)
    grow_stale(alice)
    age(alice, "auth_time", "1 hour")
    assert alice.delete(TOTP).json()["methods"] == ["totp", "recovery_code"]
    refused = alice.post(f"{STEP_UP}password/", {"password": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (409, "second_factor_exists")
    code = code_now(secret)
    assert alice.post(f"{STEP_UP}code/", {"code": code}).status_code == 204
    follow_token(alice)
    grow_stale(alice)
    assert alice.post(f"{STEP_UP}code/", {"code": code}).status_code == 400
    assert alice.post(f"{STEP_UP}code/", {"code": codes[0]}).status_code == 204
    follow_token(alice)
    assert alice.delete(TOTP).status_code == 204


def test_a_sign_in_by_one_person_is_no_proof_of_another(api_as: Any) -> None:
    enrol(api_as("mia"))
    alice = stale(api_as("alice"))
    assert alice.post(f"{STEP_UP}code/", {"code": "000000"}).status_code == 400
    assert alice.post(CHANGE, BODIES["change-password"]).status_code == 403
    assert alice.get(STEP_UP).json()["methods"] == ["password"]


@pytest.mark.parametrize("path", [STEP_UP, FACTORS])
def test_nobody_is_told_anything_without_a_session(api: APIClient, path: str) -> None:
    assert api.get(path).status_code == 401


def test_an_act_that_nothing_guards_fails_the_check(monkeypatch: Any) -> None:
    assert fresh_routes_are_identitys(None) == []
    monkeypatch.setitem(SENSITIVE, "customer-list", frozenset({"POST"}))
    assert [finding.id for finding in fresh_routes_are_identitys(None)] == ["identity.E002"]
