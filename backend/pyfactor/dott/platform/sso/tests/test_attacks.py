"""What a hostile provider, page or browser tries on the way to a session. Nothing of it opens one."""

import base64
import hashlib
import hmac
import json
import threading
import time
from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.db import connections

from conftest import browser
from dott.platform.identity.models import Session
from dott.platform.sso import flow
from dott.platform.sso.models import Domain, Link
from dott.platform.sso.models import Provider as Configured
from dott.platform.sso.tests.provider import CLIENT_ID, Key, Provider
from dott.platform.sso.tests.support import (
    DOMAINS,
    SETTINGS,
    code_of,
    configure,
    finish,
    sign_in_by,
    started,
)

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

MIA = {"sub": "mia-1", "email": "mia@example.com", "email_verified": True}


@pytest.fixture(autouse=True)
def mia_is_connected(world: Any, request: pytest.FixtureRequest) -> None:
    """So that a token which is believed opens something."""
    if "provider" in request.fixturenames:
        provider = request.getfixturevalue("provider")
        provider.person = MIA
        Link.objects.create(
            business_id=world.bakery, user_id=world["mia"].user_id, issuer=provider.issuer, subject="mia-1"
        )


def signed_in() -> int:
    """How many sessions a provider has made."""
    return Session.objects.filter(confined_to__isnull=False).count()


def test_what_is_attacked_below_does_let_her_in(world: Any, bakery_sso: Provider) -> None:
    assert sign_in_by(browser(), bakery_sso, world.bakery).status_code == 200
    assert signed_in() == 1


def b64(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(claims: Any, algorithm: str = "none") -> str:
    return f"{b64({'alg': algorithm, 'typ': 'JWT'})}.{b64(claims)}."


def as_hmac(provider: Provider, claims: Any) -> str:
    """Signed with the public key as if it were a secret (CVE-2015-9235)."""
    key = json.dumps(provider.keys[0].public).encode()
    head = f"{b64({'alg': 'HS256', 'kid': provider.keys[0].kid})}.{b64(claims)}"
    mac = hmac.new(key, head.encode(), hashlib.sha256).digest()
    return f"{head}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


# Read when the tests are collected: a whole run of them may take half an hour.
A_DAY_S = 86_400
CLAIMS = {
    "another issuer": {"iss": "https://elsewhere.test"},
    "issuer with a slash": {"iss": "SLASH"},
    "another audience": {"aud": "another client"},
    "a second audience": {"aud": [CLIENT_ID, "another client"]},
    "another authorized party": {"azp": "another client"},
    "no audience": {"aud": None},
    "another nonce": {"nonce": "x" * 43},
    "no nonce": {"nonce": None},
    "expired": {"exp": int(time.time()) - 120},
    "no expiry": {"exp": None},
    "not yet valid": {"nbf": int(time.time()) + A_DAY_S},
    "from the future": {"iat": int(time.time()) + A_DAY_S},
    "made long ago": {"iat": int(time.time()) - 3600},
    "no instant": {"iat": None},
    "instant in words": {"iat": "now"},
    "no subject": {"sub": None},
    "empty subject": {"sub": ""},
    "subject that is a list": {"sub": ["mia-1"]},
    "subject with a NUL": {"sub": "mia-1\0"},
    "endless subject": {"sub": "m" * 256},
}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_that_is_not_right(world: Any, bakery_sso: Provider, name: str) -> None:
    wrong = dict(CLAIMS[name])
    if wrong.get("iss") == "SLASH":
        wrong["iss"] = f"{bakery_sso.issuer}/"
    bakery_sso.claims = wrong
    assert code_of(sign_in_by(browser(), bakery_sso, world.bakery)) == (502, "bad_id_token")
    assert signed_in() == 0


def with_its_key(key: Key, claims: Any) -> str:
    return key.sign(claims, jwk=key.public, jku="https://elsewhere.test/keys")


def changed(token: str, claims: Any) -> str:
    head, _, signature = token.split(".")
    return f"{head}.{b64(claims | {'sub': 'alice'})}.{signature}"


FORGERIES: dict[str, Any] = {
    "no signature": lambda provider, claims: unsigned(claims),
    "None in capitals": lambda provider, claims: unsigned(claims, "NONE"),
    "a signature left out": lambda provider, claims: provider.keys[0].sign(claims).rpartition(".")[0] + ".",
    "the public key as a secret": as_hmac,
    "the client secret": lambda provider, claims: jwt.encode(claims, "s3cret: with % and +" * 4, "HS256"),
    "somebody else's key": lambda provider, claims: Key(kid=provider.keys[0].kid).sign(claims),
    "somebody else's key and name": lambda provider, claims: Key().sign(claims),
    "a key that comes along": lambda provider, claims: with_its_key(Key(kid=provider.keys[0].kid), claims),
    "another algorithm of the same key": lambda provider, claims: jwt.encode(
        claims, provider.keys[0].private, "RS512", headers={"kid": provider.keys[0].kid}
    ),
    "something critical": lambda provider, claims: provider.keys[0].sign(claims, crit=["b64"], b64=True),
    "claims that were changed": lambda provider, claims: changed(provider.keys[0].sign(claims), claims),
    "no token": lambda provider, claims: "x",
    "a token of five parts": lambda provider, claims: "a.b.c.d.e",
    "a long token": lambda provider, claims: provider.keys[0].sign(claims | {"more": "x" * 20_000}),
}


@pytest.mark.asvs("9.1.2")
@pytest.mark.parametrize("name", FORGERIES)
def test_a_signature_that_is_not_right(world: Any, bakery_sso: Provider, name: str) -> None:
    bakery_sso.sign = lambda claims: FORGERIES[name](bakery_sso, claims)
    assert code_of(sign_in_by(browser(), bakery_sso, world.bakery)) == (502, "bad_id_token")
    assert signed_in() == 0


def test_a_short_key(world: Any, api_as: Any, bakery_sso: Provider) -> None:
    bakery_sso.keys = [Key(bits=1024)]
    configure(api_as("alice"), bakery_sso)
    assert code_of(sign_in_by(browser(), bakery_sso, world.bakery)) == (502, "bad_id_token")


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA"])
def test_the_algorithms_that_are_taken(world: Any, api_as: Any, bakery_sso: Provider, algorithm: str) -> None:
    bakery_sso.keys = [Key(algorithm)]
    assert configure(api_as("alice"), bakery_sso).status_code == 200
    assert sign_in_by(browser(), bakery_sso, world.bakery).status_code == 200


def test_clocks_may_differ_by_a_minute(world: Any, bakery_sso: Provider) -> None:
    now = int(time.time())
    bakery_sso.claims = {"iat": now + 40, "nbf": now + 40, "exp": now + 300}
    assert sign_in_by(browser(), bakery_sso, world.bakery).status_code == 200
    bakery_sso.claims = {"exp": now - 20, "iat": now - 60}
    assert sign_in_by(browser(), bakery_sso, world.bakery).status_code == 200


def test_new_keys_are_found_but_not_asked_for_at_everybodys_wish(world: Any, bakery_sso: Provider) -> None:
    bakery_sso.keys = [Key(kid="new")]
    bakery_sso.asked.clear()
    # The keys were read a moment ago.
    for _ in range(3):
        assert code_of(sign_in_by(browser(), bakery_sso, world.bakery)) == (502, "bad_id_token")
    assert "/keys" not in bakery_sso.asked
    row = Configured.objects.get()
    row.keys_read_at -= timedelta(minutes=2)
    row.save()
    assert sign_in_by(browser(), bakery_sso, world.bakery).status_code == 200
    assert bakery_sso.asked.count("/keys") == 1


def test_an_answer_that_nobody_waits_for(world: Any, bakery_sso: Provider) -> None:
    """Login CSRF: the attacker's answer, handed in by the victim's browser."""
    attacker, victim = browser(), browser()
    back = bakery_sso.authorize(started(attacker))
    assert code_of(finish(victim, world.bakery, back)) == (409, "no_pending_sign_in")
    started(victim)
    assert code_of(finish(victim, world.bakery, back)) == (409, "no_pending_sign_in")
    assert signed_in() == 0


def test_state_and_code_are_spent_by_the_first_answer(world: Any, bakery_sso: Provider) -> None:
    client = browser()
    back = bakery_sso.authorize(started(client))
    assert finish(client, world.bakery, back).status_code == 200
    assert code_of(finish(client, world.bakery, back)) == (409, "no_pending_sign_in")
    # A wrong one spends it, too.
    client = browser()
    back = bakery_sso.authorize(started(client))
    assert code_of(finish(client, world.bakery, back | {"state": "é" * 43})) == (409, "no_pending_sign_in")
    assert code_of(finish(client, world.bakery, back)) == (409, "no_pending_sign_in")
    assert signed_in() == 1


def test_of_many_answers_at_once_one_is_taken(world: Any, bakery_sso: Provider, patient_pool: None) -> None:
    client = browser()
    back = bakery_sso.authorize(started(client))
    token = client.cookies["sid"].value
    barrier, found = threading.Barrier(8), []

    def attempt() -> None:
        mine = browser(token)
        barrier.wait()
        try:
            found.append(finish(mine, world.bakery, back).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found)[0] == 200
    assert found.count(200) == 1
    assert signed_in() == 1


def test_a_code_of_another_sign_in(world: Any, bakery_sso: Provider) -> None:
    """Code injection: state is the victim's, the code was stolen elsewhere. PKCE and nonce bind it."""
    stolen = bakery_sso.authorize(started(browser()))["code"]
    client = browser()
    back = bakery_sso.authorize(started(client))
    assert code_of(finish(client, world.bakery, back | {"code": stolen})) == (502, "code_refused")
    assert signed_in() == 0


def test_a_sign_in_grows_old(world: Any, bakery_sso: Provider, monkeypatch: Any) -> None:
    client = browser()
    back = bakery_sso.authorize(started(client))
    monkeypatch.setattr(flow, "PENDING_S", 0)
    assert code_of(finish(client, world.bakery, back)) == (409, "no_pending_sign_in")


@pytest.fixture
def bikes_sso(world: Any, api_as: Any, bakery_sso: Provider, other_provider: Provider) -> Provider:
    """Bob's provider says whatever Bob wants."""
    assert configure(api_as("bob"), other_provider).status_code == 200
    other_provider.person = MIA
    return other_provider


def test_mix_up(world: Any, bakery_sso: Provider, bikes_sso: Provider) -> None:
    """The victim begins at the bikes' provider, which sends her on to the bakery's and hands in its code."""
    client = browser()
    begun = started(client, "bikes")
    stolen = bakery_sso.authorize(started(browser()))["code"]
    state = bikes_sso.authorize(begun)["state"]
    answers = [
        # To the bikes' page, with and without the name of who made it.
        (world.bikes, {"code": stolen, "state": state, "iss": bakery_sso.issuer}, "other_issuer"),
        (world.bikes, {"code": stolen, "state": state}, "other_issuer"),
        # To the bakery's page, for which nothing was begun.
        (world.bakery, {"code": stolen, "state": state, "iss": bakery_sso.issuer}, "no_pending_sign_in"),
    ]
    for business, back, code in answers:
        client = browser()
        back["state"] = bikes_sso.authorize(started(client, "bikes"))["state"]
        assert code_of(finish(client, business, back))[1] == code
    # The code was never shown to the other provider.
    assert "/token" not in bikes_sso.asked
    assert signed_in() == 0


def test_a_provider_that_does_not_name_itself_is_told_by_its_page(
    world: Any, api_as: Any, bakery_sso: Provider
) -> None:
    bakery_sso.metadata = {"authorization_response_iss_parameter_supported": False}
    configure(api_as("alice"), bakery_sso)
    client = browser()
    back = bakery_sso.authorize(started(client))
    del back["iss"]
    assert finish(client, world.bakery, back).status_code == 200
    client = browser()
    back = bakery_sso.authorize(started(client)) | {"iss": "https://elsewhere.test"}
    assert code_of(finish(client, world.bakery, back)) == (502, "other_issuer")


def test_a_hostile_business_reaches_nobody_elses_account(
    world: Any, bakery_sso: Provider, bikes_sso: Provider
) -> None:
    """Bob's provider says Mia's subject, issuer and address; she is not connected with it."""
    for claims in (
        {},
        {"email": "sam@example.com", "sub": "sam-1"},
        {"iss": bakery_sso.issuer},
        {"email": "alice@example.com"},
    ):
        bikes_sso.claims = claims
        answer = sign_in_by(browser(), bikes_sso, world.bikes, slug="bikes")
        assert answer.status_code in {409, 502}, answer.content
    assert signed_in() == 0


def test_the_same_issuer_in_two_businesses_means_two_things(
    world: Any, api_as: Any, bakery_sso: Provider
) -> None:
    """Bob names the bakery's own provider as his: Mia's connection with the bakery opens nothing of the
    bikes'."""
    assert configure(api_as("bob"), bakery_sso).status_code == 200
    answer = sign_in_by(browser(), bakery_sso, world.bikes, slug="bikes")
    assert code_of(answer) == (409, "connect_first")
    assert signed_in() == 0


def test_a_provider_that_is_changed_meanwhile(
    world: Any, api_as: Any, bakery_sso: Provider, other_provider: Provider
) -> None:
    client = browser()
    back = bakery_sso.authorize(started(client))
    configure(api_as("alice"), other_provider)
    assert code_of(finish(client, world.bakery, back)) == (409, "no_pending_sign_in")
    assert "/token" not in other_provider.asked


def test_what_a_provider_says_of_itself_is_judged(world: Any, api_as: Any, provider: Provider) -> None:
    alice = api_as("alice")
    liars: list[dict[str, Any]] = [
        {"issuer": "https://elsewhere.test"},
        {"issuer": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "https://user:word@elsewhere.test/"},
        {"token_endpoint": "http://169.254.169.254/latest/"},
        {"token_endpoint": "file:///etc/passwd"},
        {"token_endpoint": 5},
        {"jwks_uri": "http://127.0.0.1:1/keys"},
        {"jwks_uri": None},
        {"id_token_signing_alg_values_supported": ["none", "HS256"]},
        {"code_challenge_methods_supported": ["plain"]},
        {"response_types_supported": ["id_token"]},
        {"token_endpoint_auth_methods_supported": ["private_key_jwt"]},
    ]
    for lie in liars:
        provider.metadata = lie
        answer = configure(alice, provider)
        assert answer.status_code == 400, lie
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/issuer"]
    assert not Configured.objects.exists()


@pytest.mark.parametrize(
    "issuer",
    [
        "http://127.0.0.1:1",
        "https://169.254.169.254",
        "https://[::1]",
        "https://localhost",
        "file:///etc",
        "ftp://x.test",
        "https://x.test:22",
        "x",
        "https://x.test/#y",
    ],
)
def test_only_public_addresses_are_called(world: Any, api_as: Any, provider: Provider, issuer: str) -> None:
    body = {"issuer": issuer, "client_id": "c", "client_secret": "s"}
    answer = api_as("alice").put(SETTINGS, body)
    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"][0]["pointer"] == "/issuer"


def test_two_businesses_do_not_hold_one_domain(world: Any, api_as: Any, bakery_sso: Provider) -> None:
    bob = api_as("bob")
    domain = bob.post(DOMAINS, {"name": "Corp.test."}).json()
    assert (domain["name"], domain["record"], domain["verified_at"]) == ("corp.test", "_dott.corp.test", None)
    foreign = Domain.objects.get(business_id=world.bakery)
    for path in (f"{DOMAINS}{foreign.id}/verify/", f"{DOMAINS}{foreign.id}/"):
        method = bob.post if path.endswith("verify/") else bob.delete
        assert method(path).status_code == 404
    assert Domain.objects.get(id=foreign.id).verified_at is not None
