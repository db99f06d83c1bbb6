"""Requests that come with an API key instead of a session."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.db.utils import InternalError
from django.utils import timezone

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory
from dott.platform.history.models import ChangeSet
from dott.platform.identity.keys.format import checksum, key_proof, new_key
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import ApiKey, Tenant, User
from dott.platform.identity.tests.test_api_keys import KEYS, TILL
from dott.platform.tenancy import transactions
from dott.platform.tenancy.router import APP
from tests.keys import READS, made_key, program

# The key is committed: the login role writes it, the application's reads it.
pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

LIST = "/api/crm/customers/"
FIRM = {"business_name": "Mill & Sons"}


def code_of(answer: Any, status: int) -> str:
    """The problem's code, after its form and status were found right."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    return str(answer.json()["code"])


def test_a_key_does_what_its_maker_does(world: Any, in_tenant: Any) -> None:
    made = made_key(world["mia"])
    till = program(made.key)
    created = till.post(LIST, FIRM, HTTP_IDEMPOTENCY_KEY="order-1")
    assert created.status_code == 201
    again = till.post(LIST, FIRM, HTTP_IDEMPOTENCY_KEY="order-1")
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (created.json(), "true")
    address = f"{LIST}{created.json()['id']}/"
    assert code_of(till.patch(address, {"business_name": "Mill"}), 428) == "if_match_required"
    changed = till.patch(address, {"business_name": "Mill"}, HTTP_IF_MATCH=created.headers["ETag"])
    assert (changed.status_code, changed.json()["display_name"]) == (200, "Mill")
    assert changed.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in changed.headers
    assert not changed.cookies
    assert [row["display_name"] for row in till.get(LIST).json()["results"]] == ["Mill"]
    with in_tenant("alice"):
        assert Customer.objects.get().created_by_id == world["mia"].membership_id
        kinds = ChangeSet.objects.values_list("kind", "actor_id")
        assert set(kinds) == {("api_key", world["mia"].membership_id)}
    assert ApiKey.objects.get(id=made.row.id).last_used_at is not None


def test_what_a_person_does_is_not_put_down_to_a_key(api_as: Any, in_tenant: Any) -> None:
    assert api_as("mia").post(LIST, FIRM).status_code == 201
    with in_tenant("alice"):
        assert ChangeSet.objects.get().kind == "user"


@pytest.mark.parametrize("authorization", ["Bearer x", "Bearer ", "bearer dott_key_", "Bearer {mistyped}"])
def test_a_typo_is_told_without_asking_the_database(world: Any, authorization: str) -> None:
    key = made_key(world["mia"]).key
    client = program("")
    mistyped = key[:-1] + ("x" if key[-1] != "x" else "y")
    client.credentials(HTTP_AUTHORIZATION=authorization.replace("{mistyped}", mistyped))
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connections[APP].execute_wrapper(note), connections["auth"].execute_wrapper(note):
        answer = client.get(LIST)
    assert code_of(answer, 401) == "malformed_api_key"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Dott", error="invalid_token"'
    assert asked == []


def test_a_right_checksum_is_no_key(world: Any) -> None:
    key = made_key(world["mia"]).key
    body = key[:30] + ("x" if key[30] != "x" else "y") + key[31:-6]
    for guess in (new_key().key, body + checksum(body)):
        assert code_of(program(guess).get(LIST), 401) == "unknown_api_key"


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"revoked_at": timezone.now()}, "api_key_revoked"),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "api_key_expired"),
    ],
)
def test_a_key_that_has_ended(world: Any, columns: Any, code: str) -> None:
    answer = program(made_key(world["mia"], **columns).key).get(LIST)
    assert code_of(answer, 401) == code
    assert "invalid_token" in answer.headers["WWW-Authenticate"]


def test_revoking_takes_effect_at_once(world: Any, api_as: Any) -> None:
    key = api_as("mia").post(KEYS, TILL).json()
    assert program(key["key"]).get(LIST).status_code == 200
    assert api_as("alice").delete(f"{KEYS}{key['id']}/").status_code == 204
    assert code_of(program(key["key"]).get(LIST), 401) == "api_key_revoked"


def test_a_key_dies_with_its_makers_place(world: Any, api_as: Any) -> None:
    keys = {name: made_key(world[name]).key for name in ("mia", "sam", "adam")}
    colleague = f"/api/tenants/current/members/{world['mia'].membership_id}/"
    for status in ("disabled", "active"):
        assert api_as("alice").patch(colleague, {"status": status}).status_code == 200
        # For good: the key does not come back with her.
        assert code_of(program(keys["mia"]).get(LIST), 401) == "api_key_revoked"
    assert api_as("sam").post("/api/tenants/current/leave/").status_code == 204
    assert code_of(program(keys["sam"]).get(LIST), 401) == "api_key_revoked"
    assert program(keys["adam"]).get(LIST).status_code == 200


@pytest.mark.parametrize("lost", ["membership", "account", "business"])
def test_the_database_itself_asks_whether_its_maker_may(world: Any, lost: str) -> None:
    key = made_key(world["mia"]).key
    assert program(key).get(LIST).status_code == 200
    match lost:
        case "membership":
            all_memberships().filter(id=world["mia"].membership_id).update(status="disabled")
        case "account":
            User.objects.filter(id=world["mia"].user_id).update(is_active=False)
        case "business":
            Tenant.objects.filter(id=world.bakery).update(status="suspended")
    expected = (401, "unknown_api_key") if lost == "account" else (403, "no_membership")
    assert code_of(program(key).get(LIST), expected[0]) == expected[1]


def test_a_business_that_asks_for_a_second_factor_asks_keys_too(world: Any) -> None:
    keys = {
        name: [program(made_key(world[name], has_second_factor=proved).key) for proved in (False, True)]
        for name in ("adam", "mia")
    }
    for policy, expected in (("nobody", "2222"), ("admins", "4222"), ("everyone", "4242")):
        Tenant.objects.filter(id=world.bakery).update(second_factor=policy)
        answers = [key.get(LIST) for name in ("adam", "mia") for key in keys[name]]
        assert "".join(str(answer.status_code)[0] for answer in answers) == expected, policy
        if policy != "nobody":
            assert code_of(answers[0], 403) == "second_factor_required"


@pytest.mark.asvs("8.3.2")
def test_a_key_sinks_with_its_makers_role(world: Any) -> None:
    till = program(made_key(world["mia"]).key)
    assert till.post(LIST, FIRM).status_code == 201
    all_memberships().filter(id=world["mia"].membership_id).update(role="viewer")
    assert code_of(till.post(LIST, FIRM), 403) == "permission_denied"
    assert len(till.get(LIST).json()["results"]) == 1


def test_a_key_opens_one_business(world: Any, in_tenant: Any) -> None:
    with in_tenant("alice"):
        customer = CustomerFactory.create()
    for name, columns in (("bob", {}), ("sam", {"business_id": world.bikes})):
        client = program(made_key(world[name], **columns).key)
        assert client.get(LIST).json()["results"] == []
        assert code_of(client.get(f"{LIST}{customer.id}/"), 404) == "not_found"


def test_scopes_are_all_a_key_has(world: Any, in_tenant: Any) -> None:
    with in_tenant("mia"):
        customer = CustomerFactory.create()
    writer = program(made_key(world["alice"], ("customers:write",)).key)
    assert writer.get(f"{LIST}{customer.id}/").status_code == 200
    assert writer.post(LIST, FIRM).status_code == 201
    refused = writer.get("/api/crm/deals/")
    assert code_of(refused, 403) == "missing_scope"
    assert refused.json()["detail"] == "This API key was not given deals:read."
    assert refused.headers["WWW-Authenticate"].endswith('error="insufficient_scope", scope="deals:read"')
    reader = program(made_key(world["alice"], ("customers:read",)).key)
    assert code_of(reader.post(LIST, FIRM), 403) == "missing_scope"
    assert len(reader.get(LIST).json()["results"]) == 2


def test_a_reading_key_has_a_transaction_that_cannot_write(world: Any, in_tenant: Any) -> None:
    with in_tenant("mia"):
        customer = CustomerFactory.create(business_name="Mill")
    proof = key_proof(made_key(world["alice"], READS).key)
    for attempt in (
        "UPDATE crm_customer SET business_name = 'Mine'",
        "SET LOCAL transaction_read_only = off",
        "SET TRANSACTION READ WRITE",
    ):
        with pytest.raises(InternalError), transactions.api_key(proof) as context:
            assert Customer.objects.get().business_name == "Mill"
            with connections[APP].cursor() as cursor:
                cursor.execute(attempt)
    assert context.scopes == frozenset(READS)
    with in_tenant("mia"):
        assert Customer.objects.get(id=customer.id).business_name == "Mill"


def test_nothing_of_a_person_takes_a_key(world: Any) -> None:
    owner = program(made_key(world["alice"]).key)
    for method, path in (
        ("get", "/api/auth/me/"),
        ("post", "/api/auth/browser/v1/account/password/change"),
        ("get", "/api/tenants/current/members/"),
        ("get", KEYS),
        ("post", KEYS),
        ("get", "/api/crm/notifications/"),
        ("delete", "/api/crm/demo/"),
        ("get", "/api/isolation/"),
    ):
        assert code_of(getattr(owner, method)(path), 403) == "session_required", path


def test_two_credentials_are_refused(world: Any) -> None:
    client = program(made_key(world["mia"]).key)
    client.cookies[django_settings.SESSION_COOKIE_NAME] = world["alice"].token
    assert code_of(client.get(LIST), 400) == "two_credentials"


@pytest.mark.asvs("14.2.1")
def test_a_key_counts_only_as_a_bearer(world: Any) -> None:
    key = made_key(world["mia"]).key
    client = program(key)
    client.credentials()
    assert code_of(client.get(f"{LIST}?api_key={key}"), 401) == "not_authenticated"
    for scheme in ("Basic", "Token", key):
        client.credentials(HTTP_AUTHORIZATION=f"{scheme} {key}")
        assert code_of(client.get(LIST), 401) == "unsupported_credential"
    client.credentials(HTTP_AUTHORIZATION=f"bearer  {key}")
    assert client.get(LIST).status_code == 200


def test_each_key_has_a_limit_of_its_own(world: Any, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"api_key": (2, 60)}
    till, other = program(made_key(world["mia"]).key), program(made_key(world["mia"]).key)
    assert till.get(LIST).headers["RateLimit"].startswith('"api_key";r=1;')
    assert till.post(LIST, FIRM).status_code == 201
    refused = till.post(LIST, FIRM)
    assert code_of(refused, 429) == "rate_limited"
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert len(other.get(LIST).json()["results"]) == 1


def test_guesses_fill_no_table_of_counters(world: Any) -> None:
    program(new_key().key).get(LIST)
    with connections["auth"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM api_rate_limit WHERE scope = 'api_key'")
        assert cursor.fetchone() == (0,)
