"""Authenticator apps and recovery codes: one use each, sealed, told by mail, the end of other sessions."""

import base64
import threading
from collections import Counter
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connections
from rest_framework.test import APIClient

from conftest import browser
from dott.platform.identity.tests.factors_support import (
    FACTORS,
    RECOVERY,
    SECOND_STEP,
    TOTP,
    TOTP_BEGIN,
    code_now,
    enrol,
)
from dott.platform.identity.tests.support import ME, follow_token, row_of, sign_in, token_of
from dott.platform.tenancy.router import AUTH
from tests.world import PASSWORD

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.usefixtures("early_in_the_period"),
]
PARALLEL = 20


def waiting(name: str = "alice") -> APIClient:
    """A browser in which the password was right and the second step is due."""
    client = browser()
    answer = sign_in(client, name)
    assert (answer.status_code, answer.json()["code"]) == (401, "second_factor_pending")
    return client


def test_with_an_app_the_password_alone_signs_nobody_in(api_as: Any) -> None:
    secret, _ = enrol(api_as("alice"))
    client = waiting()
    for path in (ME, "/api/crm/customers/", FACTORS, "/api/tenants/current/"):
        assert client.get(path).status_code == 401
    answer = client.post(SECOND_STEP, {"code": code_now(secret)})
    assert answer.status_code == 200
    follow_token(client)
    assert client.get(ME).json()["user"]["email"] == "alice@example.com"
    assert row_of(client).second_factor_at is not None


def test_the_first_step_names_the_ways_of_the_second(api_as: Any) -> None:
    enrol(api_as("alice"))
    flows = sign_in(browser(), "alice").json()["flows"]
    pending = next(flow for flow in flows if flow.get("is_pending"))
    assert pending["id"] == "mfa_authenticate"
    assert sorted(pending["types"]) == ["recovery_codes", "totp"]


@pytest.mark.parametrize("right_password", [True, False])
@pytest.mark.parametrize("right_code", [True, False])
def test_only_both_together_open(api_as: Any, right_password: bool, right_code: bool) -> None:
    secret, _ = enrol(api_as("alice"))
    client = browser()
    sign_in(client, "alice", *([] if right_password else ["not the right one"]))
    code = code_now(secret) if right_code else "000000"
    client.post(SECOND_STEP, {"code": code})
    follow_token(client)
    assert (client.get(ME).status_code == 200) == (right_password and right_code)


def test_a_code_opens_one_session(api_as: Any) -> None:
    secret, _ = enrol(api_as("alice"))
    code = code_now(secret)
    first, second = waiting(), waiting()
    assert first.post(SECOND_STEP, {"code": code}).status_code == 200
    refused = second.post(SECOND_STEP, {"code": code})
    assert refused.status_code == 400
    assert refused.json()["errors"] == [
        {
            "pointer": "/code",
            "code": "incorrect_code",
            "detail": "This code is not right, or was used before.",
        }
    ]
    assert second.get(ME).status_code == 401


def test_the_code_that_added_the_app_opens_no_session(api_as: Any) -> None:
    secret, _ = enrol(api_as("alice"), shift=0)
    assert waiting().post(SECOND_STEP, {"code": code_now(secret)}).status_code == 400


def test_an_older_code_is_worth_nothing_after_a_newer_one(api_as: Any) -> None:
    secret, _ = enrol(api_as("alice"))
    assert waiting().post(SECOND_STEP, {"code": code_now(secret, shift=1)}).status_code == 200
    assert waiting().post(SECOND_STEP, {"code": code_now(secret)}).status_code == 400


@pytest.mark.asvs("6.5.5", "6.5.8")
@pytest.mark.parametrize("shift", [-2, 2])
def test_a_code_of_another_time_is_refused(api_as: Any, shift: int) -> None:
    secret, _ = enrol(api_as("alice"))
    assert waiting().post(SECOND_STEP, {"code": code_now(secret, shift=shift)}).status_code == 400


@pytest.mark.asvs("6.5.1")
@pytest.mark.usefixtures("patient_pool")
@pytest.mark.parametrize("kind", ["totp", "recovery"])
def test_of_simultaneous_attempts_with_one_code_one_succeeds(api_as: Any, settings: Any, kind: str) -> None:
    scopes = ("sign_in_ip", "sign_in_account", "code_ip", "factor_session", "factor_account")
    settings.RATE_LIMITS = settings.RATE_LIMITS | dict.fromkeys(scopes, (1000, 60))
    secret, codes = enrol(api_as("alice"))
    clients = [waiting() for _ in range(PARALLEL)]
    code = code_now(secret) if kind == "totp" else codes[0]
    barrier = threading.Barrier(PARALLEL)
    answers: list[int] = []

    def attempt(client: APIClient) -> None:
        barrier.wait()
        try:
            answers.append(client.post(SECOND_STEP, {"code": code}).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(answers) == {200: 1, 400: PARALLEL - 1}


@pytest.mark.asvs("6.5.1")
def test_every_recovery_code_opens_once_and_is_told(api_as: Any) -> None:
    alice = api_as("alice")
    _, codes = enrol(alice)
    assert len(set(codes)) == 10
    assert waiting().post(SECOND_STEP, {"code": codes[3]}).status_code == 200
    assert "9 left" in next(letter for letter in mail.outbox if "recovery code" in letter.body).body
    assert waiting().post(SECOND_STEP, {"code": codes[3]}).status_code == 400
    assert waiting().post(SECOND_STEP, {"code": codes[4]}).status_code == 200
    assert alice.get(FACTORS).json()["recovery_codes"] == {"total": 10, "unused": 8}


def test_recovery_codes_are_shown_once(api_as: Any) -> None:
    alice = api_as("alice")
    _, codes = enrol(alice)
    listed = alice.get(FACTORS).content.decode()
    assert not any(code in listed for code in codes)
    fresh = alice.post(RECOVERY)
    assert fresh.status_code == 201
    assert not set(fresh.json()["recovery_codes"]) & set(codes)
    assert waiting().post(SECOND_STEP, {"code": codes[0]}).status_code == 400


def test_recovery_codes_need_something_to_recover(api_as: Any) -> None:
    refused = api_as("alice").post(RECOVERY)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_second_factor")
    assert not Authenticator.objects.exists()


def test_adding_an_app_takes_its_code(api_as: Any) -> None:
    alice = api_as("alice")
    begun = alice.post(TOTP_BEGIN).json()
    assert len(base64.b32decode(begun["secret"])) == 20
    assert begun["uri"] == f"otpauth://totp/alice%40example.com?secret={begun['secret']}&issuer=Dott"
    assert alice.post(TOTP, {"code": "000000"}).json()["errors"][0]["code"] == "incorrect_code"
    assert not Authenticator.objects.exists()
    assert alice.post(TOTP, {"code": code_now(begun["secret"])}).status_code == 201
    follow_token(alice)
    assert alice.post(TOTP_BEGIN).json()["code"] == "totp_exists"


def test_a_seed_is_not_for_another_session(api_as: Any) -> None:
    secret = api_as("alice").post(TOTP_BEGIN).json()["secret"]
    other = api_as("mia").post(TOTP, {"code": code_now(secret)})
    assert (other.status_code, other.json()["code"]) == (409, "no_pending_totp")


@pytest.mark.asvs("7.4.3")
def test_a_change_of_factors_ends_the_other_sessions_and_renews_this_one(api_as: Any) -> None:
    alice, elsewhere = api_as("alice"), browser()
    assert sign_in(elsewhere, "alice").status_code == 200
    before = token_of(alice)
    enrol(alice)
    assert token_of(alice) != before
    assert elsewhere.get(ME).status_code == 401
    assert browser(before).get(ME).status_code == 401
    assert alice.get(ME).status_code == 200


def test_without_the_last_factor_the_codes_go_too(api_as: Any) -> None:
    alice = api_as("alice")
    enrol(alice)
    assert alice.delete(TOTP).status_code == 204
    follow_token(alice)
    assert alice.get(FACTORS).json() == {"totp": None, "passkeys": [], "recovery_codes": None}
    assert row_of(alice).second_factor_at is None
    assert sign_in(browser(), "alice").status_code == 200


@pytest.mark.asvs("6.3.7")
def test_each_change_is_mailed(api_as: Any) -> None:
    alice = api_as("alice")
    enrol(alice)
    alice.post(RECOVERY)
    follow_token(alice)
    alice.delete(TOTP)
    told = [letter.body.splitlines()[0] for letter in mail.outbox]
    assert told == [
        "An authenticator app was added to alice@example.com.",
        "New recovery codes were made for alice@example.com. Those of before are worth nothing any more.",
        "The authenticator app of alice@example.com was removed.",
    ]
    assert {letter.to[0] for letter in mail.outbox} == {"alice@example.com"}


@pytest.mark.asvs("6.3.5")
def test_a_sign_in_with_a_new_browser_is_mailed_and_with_a_known_one_is_not(api: APIClient) -> None:
    for _ in range(2):  # The first of all sign-ins is no news.
        sign_in(browser(), "alice")
    assert [letter.subject for letter in mail.outbox] == ["New sign-in to Dott"]
    known = browser()
    sign_in(known, "alice")
    known.cookies.pop("sid")
    known.get("/api/auth/csrf/")
    follow_token(known)
    assert sign_in(known, "alice").status_code == 200
    assert len(mail.outbox) == 2
    forged = browser()
    forged.cookies["device"] = known.cookies["device"].value[:-1] + "x"
    sign_in(forged, "alice")
    assert len(mail.outbox) == 3


@pytest.mark.asvs("6.5.2")
def test_neither_seed_nor_codes_can_be_read_in_the_database(api_as: Any) -> None:
    secret, codes = enrol(api_as("alice"))
    with connections[AUTH].cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        rows = [text for (text,) in cursor.fetchall()]
    assert len(rows) == 2
    assert not any(each in text for text in rows for each in (secret, *codes))


@pytest.mark.asvs("11.2.2")
def test_keys_are_rotated_by_command(api_as: Any, settings: Any) -> None:
    settings.FACTOR_KEYS = ["the old key"]
    secret, codes = enrol(api_as("alice"))
    settings.FACTOR_KEYS = ["the new key", "the old key"]
    call_command("reseal_factors")
    settings.FACTOR_KEYS = ["the new key"]
    assert waiting().post(SECOND_STEP, {"code": code_now(secret)}).status_code == 200
    assert waiting().post(SECOND_STEP, {"code": codes[0]}).status_code == 200
    settings.FACTOR_KEYS = ["a third key"]
    with pytest.raises(CommandError, match="second factors: 2 cannot be opened"):
        call_command("reseal_factors")
    assert waiting().post(SECOND_STEP, {"code": code_now(secret, shift=1)}).status_code == 400


@pytest.mark.asvs("6.4.4")
def test_an_operator_can_free_a_person_who_lost_everything(api_as: Any) -> None:
    alice = api_as("alice")
    enrol(alice)
    call_command("remove_factors", "Alice@example.com")
    assert alice.get(ME).status_code == 401
    assert sign_in(browser(), "alice").status_code == 200
    assert "by the operator" in next(letter for letter in mail.outbox if "operator" in letter.body).body
    with pytest.raises(CommandError, match="Nobody"):
        call_command("remove_factors", "nobody@example.com")


@pytest.mark.asvs("6.6.3")
def test_guesses_at_a_code_are_counted_by_account_across_sessions(api_as: Any, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"factor_account": (3, 3600)}
    secret, _ = enrol(api_as("alice"))
    statuses = [waiting().post(SECOND_STEP, {"code": "000000"}).status_code for _ in range(5)]
    assert statuses == [400, 400, 400, 429, 429]
    assert waiting().post(SECOND_STEP, {"code": code_now(secret)}).status_code == 429


def test_guesses_at_a_code_are_counted_by_session(api_as: Any) -> None:
    enrol(api_as("alice"))
    client = waiting()
    statuses = [client.post(SECOND_STEP, {"code": "000000"}).status_code for _ in range(7)]
    assert statuses == [400] * 5 + [429] * 2


@pytest.mark.asvs("16.2.5")
def test_secrets_reach_no_log(api_as: Any, capfd: Any) -> None:
    secret, codes = enrol(api_as("alice"))
    code = code_now(secret)
    waiting().post(SECOND_STEP, {"code": code})
    for _ in range(2):
        waiting().post(SECOND_STEP, {"code": codes[0]})
    written = "".join(capfd.readouterr())
    assert SECOND_STEP in written
    assert not [each for each in (secret, code, *codes, PASSWORD) if each in written]


@pytest.mark.parametrize("code", ["", "x" * 33, "１２３４５６", "000 000", "null"])
def test_a_malformed_code_is_refused(api_as: Any, code: str) -> None:
    enrol(api_as("alice"))
    assert waiting().post(SECOND_STEP, {"code": code}).status_code == 400
