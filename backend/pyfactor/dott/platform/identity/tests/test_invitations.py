"""Who comes into a business by invitation, and who does not."""

import re
import threading
from typing import Any

import pytest
from django.core import mail
from django.db import connections

from conftest import browser
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Invitation
from dott.platform.identity.tests.support import ME, follow_token, simultaneously
from dott.platform.tenancy.router import AUTH

INVITATIONS = "/api/tenants/current/invitations/"
LEAVE = "/api/tenants/current/leave/"
LOOK = "/api/auth/invitations/look/"
ACCEPT = "/api/auth/invitations/accept/"
CUSTOMERS = "/api/crm/customers/"


def invite(api_as: Any, by: str, email: str, role: str = "member") -> Any:
    return api_as(by).post(INVITATIONS, {"email": email, "role": role})


@pytest.fixture
def token_for(api_as: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """Alice invites an address; what its mail's link holds."""

    def mailed(email: str, role: str = "member", by: str = "alice") -> str:
        with django_capture_on_commit_callbacks(using=AUTH, execute=True):
            assert invite(api_as, by, email, role).status_code == 201
        assert mail.outbox[-1].to == [email.lower()]
        found = re.search(r"/invitation#([\w-]{43})$", mail.outbox[-1].body, re.MULTILINE)
        assert found, mail.outbox[-1].body
        return found[1]

    return mailed


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_an_invited_person_joins_and_sees_the_business_only_then(
    api_as: Any, token_for: Any, world: Any
) -> None:
    token = token_for("bob@example.com", "member")
    bob = api_as("bob")
    offer = bob.post(LOOK, {"token": token})
    assert offer.status_code == 200
    assert offer.json() | {"expires_at": ""} == {
        "business": "Alice's Bakery",
        "email": "bob@example.com",
        "role": "member",
        "invited_by": "Alice",
        "expires_at": "",
        "is_for_me": True,
        "signed_in_as": "bob@example.com",
    }
    assert not all_memberships().filter(tenant_id=world.bakery, user_id=world["bob"].user_id).exists()
    joined = bob.post(ACCEPT, {"token": token})
    assert joined.status_code == 200
    assert joined.json()["membership"]["role"] == "member"
    assert joined.json()["tenant"]["slug"] == "bakery"
    follow_token(bob)
    assert bob.get(ME).json()["tenant"]["slug"] == "bakery"
    assert bob.get(CUSTOMERS).status_code == 200


def test_an_invitation_is_used_once(api_as: Any, token_for: Any) -> None:
    token = token_for("bob@example.com")
    bob = api_as("bob")
    assert bob.post(ACCEPT, {"token": token}).status_code == 200
    follow_token(bob)
    again = bob.post(ACCEPT, {"token": token})
    assert again.status_code == 404
    assert again.json()["code"] == "no_such_invitation"


def test_it_is_for_the_invited_address_alone(api_as: Any, token_for: Any, world: Any) -> None:
    token = token_for("somebody@example.com")
    refused = api_as("bob").post(ACCEPT, {"token": token})
    assert refused.status_code == 403
    assert refused.json()["code"] == "other_address"
    assert not all_memberships().filter(tenant_id=world.bakery, user_id=world["bob"].user_id).exists()
    assert Invitation.objects.pending().filter(email="somebody@example.com").exists()


def test_an_address_that_is_not_verified_proves_nothing(api_as: Any, token_for: Any, world: Any) -> None:
    token = token_for("bob@example.com")
    with connections[AUTH].cursor() as cursor:
        cursor.execute(
            "UPDATE account_emailaddress SET verified = false WHERE user_id = %s", [world["bob"].user_id]
        )
    assert api_as("bob").post(ACCEPT, {"token": token}).status_code == 403


@pytest.mark.asvs("7.6.2")
def test_a_visitor_may_look_and_not_accept(api: Any, token_for: Any) -> None:
    token = token_for("new@example.com")
    looked = api.post(LOOK, {"token": token})
    assert looked.status_code == 200
    assert looked.json()["is_for_me"] is False
    assert api.post(ACCEPT, {"token": token}).status_code == 401


@pytest.mark.asvs("6.4.1")
@pytest.mark.parametrize("how", ["withdrawn", "expired", "replaced", "inviter gone", "inviter demoted"])
def test_it_dies(api_as: Any, token_for: Any, world: Any, how: str) -> None:
    token = token_for("bob@example.com", "admin", by="adam")
    pending = Invitation.objects.pending().get(email="bob@example.com")
    alice = api_as("alice")
    if how == "withdrawn":
        assert alice.delete(f"{INVITATIONS}{pending.id}/").status_code == 204
    elif how == "expired":
        with connections[AUTH].cursor() as cursor:
            cursor.execute("UPDATE identity_invitation SET expires_at = now() - interval '1 second'")
    elif how == "replaced":
        token_for("Bob@Example.com", "viewer")
    else:
        change = {"status": "disabled"} if how == "inviter gone" else {"role": "member"}
        place = f"/api/tenants/current/members/{world['adam'].membership_id}/"
        assert alice.patch(place, change).status_code == 200
    for path in (LOOK, ACCEPT):
        refused = api_as("bob").post(path, {"token": token})
        assert (refused.status_code, refused.json()["code"]) == (404, "no_such_invitation")


def test_nobody_invites_above_himself(api_as: Any) -> None:
    assert invite(api_as, "adam", "x@example.com", "owner").status_code == 403
    assert invite(api_as, "mia", "x@example.com", "viewer").status_code == 403
    assert invite(api_as, "adam", "x@example.com", "admin").status_code == 201


def test_a_colleague_needs_no_invitation(api_as: Any) -> None:
    refused = invite(api_as, "alice", "Mia@example.com")
    assert (refused.status_code, refused.json()["code"]) == (409, "already_a_member")


def test_bad_input_names_the_field(api_as: Any) -> None:
    refused = api_as("alice").post(INVITATIONS, {"email": "nobody", "role": "king"})
    assert refused.status_code == 400
    assert {error["pointer"] for error in refused.json()["errors"]} == {"/email", "/role"}


def test_the_list_is_the_businesss_own_and_holds_no_token(api_as: Any, token_for: Any) -> None:
    token = token_for("new@example.com")
    listed = api_as("alice").get(INVITATIONS)
    assert [entry["email"] for entry in listed.json()["results"]] == ["new@example.com"]
    assert token not in listed.content.decode()
    bob = api_as("bob")
    assert bob.get(INVITATIONS).json() == {"results": []}
    pending = Invitation.objects.pending().get(email="new@example.com")
    assert bob.delete(f"{INVITATIONS}{pending.id}/").status_code == 404
    assert Invitation.objects.pending().filter(id=pending.id).exists()


@pytest.mark.asvs("2.3.2")
def test_fifty_a_day(api_as: Any, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"invite_business": (2, 86_400)}
    statuses = [invite(api_as, "alice", f"p{n}@example.com").status_code for n in range(4)]
    assert statuses == [201, 201, 429, 429]


def test_leaving_ends_the_session_and_a_new_invitation_opens_the_place_again(
    api_as: Any, token_for: Any, world: Any
) -> None:
    mia = api_as("mia")
    assert mia.post(LEAVE).status_code == 204
    place = all_memberships().get(id=world["mia"].membership_id)
    assert place.status == "disabled"
    assert api_as("mia").get(ME).status_code == 401
    token = token_for("mia@example.com", "viewer")
    with connections[AUTH].cursor() as cursor:
        cursor.execute("UPDATE identity_session SET revoked_at = NULL, active_tenant = NULL")
    returned = browser(world["mia"].token)
    assert returned.post(ACCEPT, {"token": token}).status_code == 200
    place = all_memberships().get(id=world["mia"].membership_id)
    assert (place.status, place.role) == ("active", "viewer")


def test_the_last_owner_does_not_leave(api_as: Any, world: Any) -> None:
    alice = api_as("alice")
    refused = alice.post(LEAVE)
    assert (refused.status_code, refused.json()["code"]) == (409, "last_owner")
    assert alice.get(ME).status_code == 200
    assert all_memberships().get(id=world["alice"].membership_id).status == "active"


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_simultaneous_acceptances_one_succeeds(api_as: Any, world: Any) -> None:
    assert invite(api_as, "alice", "bob@example.com").status_code == 201
    token = re.search(r"#([\w-]{43})", mail.outbox[-1].body)
    assert token
    answers = simultaneously(ACCEPT, [{"token": token[1]}] * 20, world["bob"].token)
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(200) == 1, statuses
    assert all_memberships().filter(tenant_id=world.bakery, user_id=world["bob"].user_id).count() == 1


@pytest.mark.asvs("2.3.2")
@pytest.mark.django_db(transaction=True, databases="__all__")
def test_fifty_parallel_departures_leave_one_owner(world: Any) -> None:
    owners = ("alice", "adam", "mia", "vera", "sam")
    all_memberships().filter(id__in=[world[name].membership_id for name in owners]).update(role="owner")
    barrier = threading.Barrier(50)
    statuses: list[int] = []

    def go(name: str) -> None:
        client = browser(world[name].token)
        barrier.wait()
        try:
            statuses.append(client.post(LEAVE).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(owners[n % len(owners)],)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = all_memberships().filter(tenant_id=world.bakery, role="owner", status="active")
    assert left.count() == 1
    assert statuses.count(204) == 4
    assert set(statuses) <= {204, 401, 403, 409}
