"""A business that asks for a second factor lets nobody in without one, whatever the route."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from conftest import browser
from dott.platform.identity import roles
from dott.platform.identity.models import Tenant
from dott.platform.identity.sessions import token_proof
from dott.platform.identity.tests.factors_support import SECURITY, enrol
from dott.platform.identity.tests.support import ME, follow_token
from dott.platform.realtime import handshake
from dott.platform.tenancy import one_trip, transactions
from dott.platform.tenancy.router import AUTH
from tests.attacks.inventory import Operation, operations

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.usefixtures("early_in_the_period"),
]

# Before any business, or without one. Everything else is inside it.
OUTSIDE = {roles.ANYONE, roles.SIGNED_IN}
INSIDE = [each for each in operations() if each.least not in OUTSIDE]


def ask(world: Any, policy: str) -> None:
    """The bakery's policy, written as nobody's."""
    Tenant.objects.filter(id=world.bakery).update(second_factor=policy)


def refused(operation: Operation, name: str, world: Any) -> Any:
    """The answer to a member without a factor."""
    client = browser(world[name].token)
    return getattr(client, operation.method.lower())(operation.url(uuid4()), {})


def test_there_are_routes_to_refuse() -> None:
    assert len(INSIDE) > 100
    assert {operation.route for operation in INSIDE} >= {"customer-list", "tenant-current", "member-list"}


@pytest.mark.parametrize("name", ["alice", "vera"])
def test_every_route_of_the_business_is_shut(world: Any, name: str) -> None:
    ask(world, "everyone")
    found = {
        str(operation): (answer.status_code, answer.json().get("code"))
        for operation in INSIDE
        for answer in [refused(operation, name, world)]
    }
    open_ = {key: said for key, said in found.items() if said != (403, "second_factor_required")}
    assert open_ == {}


@pytest.mark.parametrize(
    ("policy", "shut"),
    [("nobody", set()), ("admins", {"alice", "adam"}), ("everyone", {"alice", "adam", "mia", "vera", "sam"})],
)
def test_the_policy_says_whom_it_means(world: Any, policy: str, shut: set[str]) -> None:
    ask(world, policy)
    people = ("alice", "adam", "mia", "vera", "sam")
    for path in ("/api/crm/customers/", "/api/tenants/current/"):
        found = {name for name in people if browser(world[name].token).get(path).status_code == 403}
        assert found == shut
    assert browser(world["bob"].token).get("/api/crm/customers/").status_code == 200


def test_the_database_refuses_and_not_only_the_views(world: Any) -> None:
    ask(world, "everyone")
    proof = token_proof(world["mia"].token)
    with pytest.raises(transactions.SecondFactorRefused), transactions.session(proof):
        pass
    with pytest.raises(transactions.MembershipRefused):
        one_trip.read(proof, lambda context: [])
    with pytest.raises(transactions.MembershipRefused):
        handshake.member_of(proof)


def test_she_is_led_to_enrol_and_then_let_in(world: Any, api_as: Any) -> None:
    ask(world, "everyone")
    mia = api_as("mia")
    told = mia.get(ME).json()
    assert (told["lacks_second_factor"], told["membership"]["role"]) == (True, "member")
    enrol(mia)
    assert mia.get(ME).json()["lacks_second_factor"] is False
    assert mia.get("/api/crm/customers/").status_code == 200
    assert mia.get("/api/tenants/current/").status_code == 200


def test_without_her_factor_she_is_out_again(world: Any, api_as: Any) -> None:
    mia = api_as("mia")
    enrol(mia)
    ask(world, "everyone")
    assert mia.get("/api/crm/customers/").status_code == 200
    assert mia.delete("/api/auth/factors/totp/").status_code == 204
    follow_token(mia)
    assert mia.get("/api/crm/customers/").json()["code"] == "second_factor_required"


def test_another_of_her_businesses_stays_open(world: Any, api_as: Any) -> None:
    ask(world, "everyone")
    sam = api_as("sam")
    assert sam.get("/api/crm/customers/").status_code == 403
    assert sam.post("/api/tenants/switch/", {"tenant": "bikes"}).status_code == 200
    assert sam.get("/api/crm/customers/").status_code == 200


def test_an_owner_asks_and_sees_who_has_none(world: Any, api_as: Any) -> None:
    alice = api_as("alice")
    without = alice.get(SECURITY).json()
    assert without["second_factor"] == "nobody"
    names = ["Adam", "Alice", "Mia", "Sam", "Vera"]
    assert [member["display_name"] for member in without["without_factor"]] == names
    locked_out = alice.patch(SECURITY, {"second_factor": "everyone"})
    assert (locked_out.status_code, locked_out.json()["code"]) == (409, "no_second_factor")
    assert Tenant.objects.get(id=world.bakery).second_factor == "nobody"
    enrol(alice)
    answer = alice.patch(SECURITY, {"second_factor": "everyone"})
    assert answer.status_code == 200
    assert [member["display_name"] for member in answer.json()["without_factor"]] == [
        "Adam",
        "Mia",
        "Sam",
        "Vera",
    ]
    assert Tenant.objects.get(id=world.bakery).second_factor == "everyone"
    assert Tenant.objects.get(id=world.bikes).second_factor == "nobody"
    assert alice.patch(SECURITY, {"second_factor": "nobody"}).status_code == 200


@pytest.mark.parametrize("name", ["adam", "mia", "vera"])
def test_nobody_but_an_owner_asks(world: Any, api_as: Any, name: str) -> None:
    person = api_as(name)
    enrol(person)
    assert person.patch(SECURITY, {"second_factor": "everyone"}).status_code == 403
    assert Tenant.objects.get(id=world.bakery).second_factor == "nobody"
    assert person.get(SECURITY).status_code == (200 if name == "adam" else 403)


@pytest.mark.parametrize("policy", ["", "some", None, 1])
def test_an_unknown_policy_is_refused(api_as: Any, policy: Any) -> None:
    answer = api_as("alice").patch(SECURITY, {"second_factor": policy})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/second_factor")


def test_a_session_cannot_be_given_a_factor_by_the_application(world: Any) -> None:
    with connections[AUTH].cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('dott_app', 'identity_session', 'UPDATE'),"
            " has_table_privilege('dott_app', 'mfa_authenticator', 'SELECT')"
        )
        assert cursor.fetchone() == (False, False)
