"""Passkeys, as a second factor and instead of a password, against a passkey in software."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from rest_framework.test import APIClient

from conftest import browser
from dott.platform.identity.factors import passkeys
from dott.platform.identity.tests.factors_support import (
    FACTORS,
    PASSKEY_LOGIN,
    PASSKEY_STEP,
    PASSKEYS,
    PASSKEYS_BEGIN,
    STEP_UP,
    Passkey,
    add_passkey,
    grow_stale,
)
from dott.platform.identity.tests.support import ME, follow_token, row_of, sign_in, token_of

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def passkey(api_as: Any) -> Passkey:
    """Alice's."""
    made = Passkey()
    assert add_passkey(api_as("alice"), made).status_code == 201
    return made


def challenge(client: APIClient, path: str) -> Any:
    """The options to answer; the CSRF token follows the session that may have begun."""
    answer = client.post(f"{path}/begin")
    assert answer.status_code == 200, answer.content
    follow_token(client)
    return answer.json()["data"]["publicKey"]


def test_adding_one_asks_for_a_key_that_checks_its_owner(api_as: Any) -> None:
    options = api_as("alice").post(PASSKEYS_BEGIN).json()["publicKey"]
    assert options["rp"] == {"id": "localhost", "name": "Dott"}
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert len(options["challenge"]) >= 43


@pytest.mark.asvs("6.5.6")
def test_one_is_listed_renamed_and_taken_away(api_as: Any) -> None:
    alice = api_as("alice")
    added = add_passkey(alice, Passkey()).json()
    assert len(added["recovery_codes"]) == 10
    path = f"{PASSKEYS}{added['passkey']['id']}/"
    assert alice.patch(path, {"name": "Phone"}).json()["name"] == "Phone"
    assert [row["name"] for row in alice.get(FACTORS).json()["passkeys"]] == ["Phone"]
    assert alice.delete(path).status_code == 204
    assert not Authenticator.objects.exists()


def test_nobody_reaches_another_persons(api_as: Any) -> None:
    id_ = add_passkey(api_as("alice"), Passkey()).json()["passkey"]["id"]
    mia = api_as("mia")
    assert mia.patch(f"{PASSKEYS}{id_}/", {"name": "Mine"}).status_code == 404
    assert mia.delete(f"{PASSKEYS}{id_}/").status_code == 404
    assert Authenticator.objects.get(pk=id_).data["name"] == "Laptop"


def test_one_is_the_second_step(passkey: Passkey) -> None:
    client = browser()
    assert sign_in(client, "alice").json()["code"] == "second_factor_pending"
    options = challenge(client, PASSKEY_STEP)
    assert len(options["allowCredentials"]) == 1
    assert client.post(PASSKEY_STEP, {"credential": passkey.answered(options)}).status_code == 200
    follow_token(client)
    assert client.get(ME).status_code == 200
    assert row_of(client).second_factor_at is not None


def test_one_signs_in_alone(passkey: Passkey) -> None:
    client = browser()
    options = challenge(client, PASSKEY_LOGIN)
    assert "allowCredentials" not in options or options["allowCredentials"] == []
    assert options["userVerification"] == "required"
    assert client.post(PASSKEY_LOGIN, {"credential": passkey.answered(options)}).status_code == 200
    follow_token(client)
    assert client.get(ME).json()["user"]["email"] == "alice@example.com"
    assert row_of(client).second_factor_at is not None


def test_one_confirms_who_is_there(api_as: Any) -> None:
    alice, made = api_as("alice"), Passkey()
    add_passkey(alice, made)
    grow_stale(alice)
    options = alice.post(f"{STEP_UP}passkey/begin/").json()["publicKey"]
    before = token_of(alice)
    assert alice.post(f"{STEP_UP}passkey/", {"credential": made.answered(options)}).status_code == 204
    follow_token(alice)
    assert token_of(alice) != before
    assert alice.get(STEP_UP).json() == {"is_fresh": True, "methods": ["passkey", "recovery_code"]}


@pytest.mark.asvs("6.7.2")
def test_an_answer_is_worth_one_sign_in(passkey: Passkey) -> None:
    client = browser()
    answer = passkey.answered(challenge(client, PASSKEY_LOGIN))
    assert client.post(PASSKEY_LOGIN, {"credential": answer}).status_code == 200
    other = browser()
    challenge(other, PASSKEY_LOGIN)
    assert other.post(PASSKEY_LOGIN, {"credential": answer}).json()["code"] == "passkey_refused"
    assert other.get(ME).status_code == 401


@pytest.mark.asvs("6.7.2")
def test_a_challenge_has_256_bits_and_never_comes_again() -> None:
    challenges = [challenge(browser(), PASSKEY_LOGIN)["challenge"] for _ in range(30)]
    assert len(set(challenges)) == 30
    # Base64 without its padding.
    assert {len(one) for one in challenges} == {43}


def test_a_challenge_dies_after_five_minutes(passkey: Passkey, monkeypatch: Any) -> None:
    client = browser()
    answer = passkey.answered(challenge(client, PASSKEY_LOGIN))
    monkeypatch.setattr(passkeys, "LASTS_S", 0)
    assert client.post(PASSKEY_LOGIN, {"credential": answer}).status_code == 400


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://evil.localhost:3000", "http://localhost:3001"]
)
def test_an_answer_made_on_another_site_is_refused(passkey: Passkey, api_as: Any, origin: str) -> None:
    passkey.origin = origin
    client = browser()
    options = challenge(client, PASSKEY_LOGIN)
    assert client.post(PASSKEY_LOGIN, {"credential": passkey.answered(options)}).status_code == 400
    assert client.get(ME).status_code == 401
    assert add_passkey(api_as("mia"), Passkey(origin=origin)).status_code == 400


def test_a_key_that_does_not_check_its_owner_is_no_passkey(api_as: Any) -> None:
    assert add_passkey(api_as("alice"), Passkey(verifies=False)).status_code == 400
    assert not Authenticator.objects.exists()


def test_a_passkey_that_was_not_asked_to_check_its_owner_signs_nobody_in(passkey: Passkey) -> None:
    passkey.flags = 0x01
    client = browser()
    options = challenge(client, PASSKEY_LOGIN)
    assert client.post(PASSKEY_LOGIN, {"credential": passkey.answered(options)}).status_code == 400


def test_another_persons_passkey_is_no_second_step(passkey: Passkey, api_as: Any) -> None:
    mias = Passkey()
    add_passkey(api_as("mia"), mias)
    client = browser()
    sign_in(client, "alice")
    options = challenge(client, PASSKEY_STEP)
    assert client.post(PASSKEY_STEP, {"credential": mias.answered(options)}).status_code == 400
    assert client.get(ME).status_code == 401


@pytest.mark.parametrize(
    "credential",
    [
        {},
        {"response": None},
        {"response": {"clientDataJSON": 5}},
        {"response": {"clientDataJSON": "!!!"}},
        {"response": {"clientDataJSON": "e30"}},
        {"id": "x", "response": {"clientDataJSON": "bnVsbA", "userHandle": "eA"}},
        [],
        "text",
        None,
    ],
)
def test_what_no_browser_sends_is_refused_and_no_error(api_as: Any, credential: Any) -> None:
    client, alice = browser(), api_as("alice")
    challenge(client, PASSKEY_LOGIN)
    assert client.post(PASSKEY_LOGIN, {"credential": credential}).status_code == 400
    alice.post(PASSKEYS_BEGIN)
    answer = alice.post(PASSKEYS, {"name": "Laptop", "credential": credential})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/credential"


def test_twenty_are_enough(api_as: Any) -> None:
    alice = api_as("alice")
    add_passkey(alice, Passkey())
    row = Authenticator.objects.get(type="webauthn")
    Authenticator.objects.bulk_create(
        Authenticator(user_id=row.user_id, type="webauthn", data=row.data) for _ in range(19)
    )
    assert alice.post(PASSKEYS_BEGIN).json()["code"] == "too_many_passkeys"
