"""Sign-up to sign-out, as a browser goes through it, with real commits."""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from rest_framework.test import APIClient

from dott.platform.identity.memberships import memberships_of
from dott.platform.identity.models import Session, Tenant, User
from dott.platform.identity.tests.support import (
    CHANGE,
    ME,
    NEW_PASSWORD,
    REQUEST_RESET,
    RESEND,
    RESET,
    SESSION,
    SIGN_IN,
    SIGN_UP,
    VERIFY,
    follow_token,
    mailed_code,
    row_of,
    sign_in,
    token_of,
)
from tests.keys import made_key, program
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

NINA = {"email": "Nina@Example.com", "password": NEW_PASSWORD, "name": "Nina Novak"}


def sign_up(browser: APIClient, **changes: str) -> Any:
    response = browser.post(SIGN_UP, NINA | changes)
    follow_token(browser)
    return response


def test_signing_up_makes_an_account_and_a_business_and_signs_in_after_the_code(api: APIClient) -> None:
    begun = sign_up(api)
    assert begun.status_code == 401
    assert begun.headers["Content-Type"] == "application/problem+json"
    assert begun.json()["code"] == "verification_required"
    assert {"id": "verify_email", "is_pending": True} in begun.json()["flows"]
    assert mail.outbox[-1].to == ["nina@example.com"]
    assert api.get(ME).status_code == 401

    before = token_of(api)
    done = api.post(VERIFY, {"key": mailed_code().lower()})
    assert done.status_code == 200
    assert done.json()["meta"]["is_authenticated"] is True
    assert token_of(api) != before

    me = api.get(ME).json()
    assert me["user"]["email"] == "nina@example.com"
    assert me["user"]["name"] == "Nina Novak"
    assert me["membership"]["role"] == "owner"
    assert me["tenant"]["name"] == "Nina Novak’s business"
    assert me["tenant"]["slug"] == "nina-novaks-business"
    assert me["tenant"]["onboarded_at"] is None


@pytest.mark.asvs("2.3.1")
def test_a_session_that_waits_for_its_code_opens_no_tenant_path(api: APIClient) -> None:
    sign_up(api)
    assert token_of(api)
    assert api.get("/api/isolation/").status_code == 401
    assert api.post(VERIFY, {"key": mailed_code()}).status_code == 200
    assert api.get("/api/isolation/").status_code == 200


@pytest.mark.asvs("6.6.3")
def test_three_wrong_codes_end_the_verification(api: APIClient) -> None:
    sign_up(api)
    code = mailed_code()
    answers = [api.post(VERIFY, {"key": "ZZZZ-ZZZZ"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert answers[0].json()["errors"] == [
        {"pointer": "/key", "code": "incorrect_code", "detail": "Incorrect code."}
    ]
    late = api.post(VERIFY, {"key": code})
    assert late.status_code == 409
    assert late.json()["code"] == "no_pending_verification"


@pytest.mark.asvs("6.4.1")
def test_a_code_can_be_sent_again_and_the_old_one_is_dead(api: APIClient) -> None:
    sign_up(api)
    first = mailed_code()
    assert api.post(RESEND).status_code == 200
    assert mailed_code() != first
    assert api.post(VERIFY, {"key": first}).status_code == 400
    assert api.post(VERIFY, {"key": mailed_code()}).status_code == 200


def test_signing_in_before_verifying_asks_for_a_code(api: APIClient) -> None:
    sign_up(api)
    api.cookies.pop("sid")
    api.cookies["csrftoken"] = "t" * 32
    follow_token(api)
    answer = api.post(SIGN_IN, {"email": NINA["email"], "password": NINA["password"]})
    assert answer.status_code == 401
    assert answer.json()["code"] == "verification_required"
    follow_token(api)
    assert api.post(VERIFY, {"key": mailed_code()}).status_code == 200


def test_signing_in_and_out(api: APIClient) -> None:
    assert sign_in(api, "alice").status_code == 200
    assert api.get(ME).json()["tenant"]["slug"] == "bakery"
    assert api.get("/api/isolation/").status_code == 200
    kept = token_of(api)
    assert api.delete(SESSION).status_code == 401
    assert token_of(api) == ""
    api.cookies["sid"] = kept
    assert api.get(ME).status_code == 401
    assert api.get("/api/isolation/").status_code == 401


def test_a_wrong_password_signs_nobody_in_and_leaves_no_session(api: APIClient) -> None:
    before = Session.objects.count()
    answer = sign_in(api, "alice", "not her password at all")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "email_password_mismatch"
    assert Session.objects.count() == before
    assert token_of(api) == ""


def test_a_user_who_was_deactivated_cannot_sign_in(api: APIClient) -> None:
    User.objects.filter(email="alice@example.com").update(is_active=False)
    answer = sign_in(api, "alice")
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_authenticated"
    assert api.get(ME).status_code == 401


def test_resetting_the_password_ends_every_session(api: APIClient, api_as: Any) -> None:
    elsewhere = api_as("alice")
    assert elsewhere.get(ME).status_code == 200
    asked = api.post(REQUEST_RESET, {"email": "alice@example.com"})
    follow_token(api)
    assert asked.status_code == 401
    assert asked.json()["code"] == "password_reset_pending"
    done = api.post(RESET, {"key": mailed_code(), "password": NEW_PASSWORD})
    assert done.status_code == 401
    assert done.json()["code"] == "sign_in_required"
    assert elsewhere.get(ME).status_code == 401
    assert elsewhere.get("/api/isolation/").status_code == 401
    assert mail.outbox[-1].subject == "Your Dott password was reset"
    assert sign_in(api, "alice").status_code == 400
    assert sign_in(api, "alice", NEW_PASSWORD).status_code == 200


@pytest.mark.asvs("6.2.2", "6.2.3")
def test_changing_the_password_keeps_this_session_under_a_new_token_and_ends_the_others(
    api: APIClient, api_as: Any
) -> None:
    elsewhere = api_as("alice")
    sign_in(api, "alice")
    before, row = token_of(api), row_of(api).id
    changed = api.post(CHANGE, {"current_password": PASSWORD, "new_password": NEW_PASSWORD})
    assert changed.status_code == 200
    assert token_of(api) != before
    assert row_of(api).id == row
    assert api.get(ME).status_code == 200
    assert elsewhere.get(ME).status_code == 401


def test_the_mail_of_a_new_password_says_how_many_keys_go_on(api: APIClient, world: Any) -> None:
    sentence = "on working. If somebody else may know your old password"
    sign_in(api, "alice")
    assert api.post(CHANGE, {"current_password": PASSWORD, "new_password": NEW_PASSWORD}).status_code == 200
    follow_token(api)
    assert sentence not in mail.outbox[-1].body
    key = made_key(world["alice"]).key
    made_key(world["alice"], expires_at=timezone.now())
    made_key(world["mia"])
    body = {"current_password": NEW_PASSWORD, "new_password": "a green sofa on the roof"}
    assert api.post(CHANGE, body).status_code == 200
    assert f"1 API key that you have made goes {sentence}" in mail.outbox[-1].body
    assert program(key).get("/api/crm/customers/").status_code == 200


@pytest.mark.asvs("6.2.3")
def test_the_wrong_current_password_changes_nothing(api: APIClient, api_as: Any) -> None:
    elsewhere = api_as("alice")
    sign_in(api, "alice")
    refused = api.post(CHANGE, {"current_password": "something else", "new_password": NEW_PASSWORD})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "/current_password"
    assert elsewhere.get(ME).status_code == 200


def test_signing_in_twice_is_a_conflict(api: APIClient) -> None:
    sign_in(api, "alice")
    again = sign_in(api, "bob")
    assert again.status_code == 409
    assert again.json()["code"] == "already_signed_in"


def test_weak_passwords_are_refused_at_sign_up(api: APIClient) -> None:
    for password, code in {
        "short": "password_too_short",
        "Sunshine2024!!!": "password_too_common",
        "passwordpassword": "password_too_common",
        "nina@example.com": "password_too_similar",
        "x" * 129: "max_length",
    }.items():
        refused = sign_up(api, password=password)
        assert refused.status_code == 400
        assert code in {error["code"] for error in refused.json()["errors"]}
        assert {error["pointer"] for error in refused.json()["errors"]} == {"/password"}
    assert not User.objects.filter(email="nina@example.com").exists()


def test_unknown_fields_are_refused_at_sign_up(api: APIClient) -> None:
    refused = sign_up(api, role="owner")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "/role"
    assert not User.objects.filter(email="nina@example.com").exists()


@pytest.mark.parametrize(
    ("name", "slug"),
    [("N" * 120, "n" * 34), ("Łukasz Størm", "lukasz-storms-business"), ("李小龍", "s-business")],
)
def test_any_name_gives_a_business_its_name_and_slug(api: APIClient, name: str, slug: str) -> None:
    assert sign_up(api, name=name).status_code == 401
    api.post(VERIFY, {"key": mailed_code()})
    tenant = api.get(ME).json()["tenant"]
    assert tenant["name"].startswith(name[:100])
    assert tenant["slug"] == slug


def test_two_people_of_one_name_get_businesses_with_different_slugs(api: APIClient) -> None:
    sign_up(api)
    api.cookies.pop("sid")
    api.cookies["csrftoken"] = "t" * 32
    follow_token(api)
    sign_up(api, email="nina2@example.com")
    users = User.objects.filter(email__startswith="nina")
    tenants = [memberships_of(user.pk).get().tenant_id for user in users]
    slugs = set(Tenant.objects.filter(id__in=tenants).values_list("slug", flat=True))
    assert len(slugs) == 2
    assert all(slug.startswith("nina-novaks-business") for slug in slugs)
