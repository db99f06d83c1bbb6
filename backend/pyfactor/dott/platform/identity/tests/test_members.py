"""Who may change whose place in a business."""

import threading
from typing import Any

import pytest
from django.db import connections

from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.tests.support import ME

CURRENT = "/api/tenants/current/"
MEMBERS = f"{CURRENT}members/"


def place(world: Any, name: str) -> str:
    return f"{MEMBERS}{world[name].membership_id}/"


def test_an_owner_makes_a_colleague_admin_and_she_signs_in_anew(api_as: Any, world: Any) -> None:
    changed = api_as("alice").patch(place(world, "mia"), {"role": "admin"})
    assert changed.status_code == 200
    assert changed.json()["role"] == "admin"
    assert api_as("mia").get(ME).status_code == 401
    assert api_as("vera").get(ME).status_code == 200


@pytest.mark.parametrize(
    ("actor", "member", "change"),
    [
        ("adam", "alice", {"role": "viewer"}),
        ("adam", "alice", {"status": "disabled"}),
        ("adam", "adam", {"role": "owner"}),
        ("adam", "mia", {"role": "owner"}),
        ("mia", "vera", {"role": "member"}),
        ("vera", "vera", {"role": "owner"}),
    ],
)
def test_nobody_gives_or_takes_more_than_he_has(
    api_as: Any, world: Any, actor: str, member: str, change: dict[str, str]
) -> None:
    before = all_memberships().get(id=world[member].membership_id)
    assert api_as(actor).patch(place(world, member), change).status_code == 403
    after = all_memberships().get(id=world[member].membership_id)
    assert (after.role, after.status) == (before.role, before.status)


@pytest.mark.parametrize("change", [{"role": "admin"}, {"status": "disabled"}])
def test_the_last_owner_stays(api_as: Any, world: Any, change: dict[str, str]) -> None:
    alice = api_as("alice")
    refused = alice.patch(place(world, "alice"), change)
    assert refused.status_code == 409
    assert refused.json()["code"] == "last_owner"
    assert alice.get(ME).json()["membership"]["role"] == "owner"
    assert alice.patch(place(world, "mia"), {"role": "owner"}).status_code == 200
    assert alice.patch(place(world, "alice"), change).status_code == 200


def test_a_member_of_another_business_is_not_there(api_as: Any, world: Any) -> None:
    alice = api_as("alice")
    foreign = alice.patch(place(world, "bob"), {"role": "viewer"})
    random = alice.patch(f"{MEMBERS}{world.bikes}/", {"role": "viewer"})
    assert foreign.status_code == random.status_code == 404
    assert all_memberships().get(id=world["bob"].membership_id).role == "owner"


@pytest.mark.asvs("7.4.2", "7.4.5")
def test_a_disabled_member_is_out_at_once(api_as: Any, world: Any) -> None:
    api_as("alice").patch(place(world, "mia"), {"status": "disabled"})
    assert api_as("mia").get(ME).status_code == 401


@pytest.mark.asvs("15.4.2")
@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_owners_who_demote_each_other_leave_one(api_as: Any, world: Any) -> None:
    api_as("alice").patch(place(world, "adam"), {"role": "owner"})
    with connections["auth"].cursor() as cursor:
        cursor.execute("UPDATE identity_session SET revoked_at = NULL")
    barrier = threading.Barrier(2)
    statuses: list[int] = []

    def demote(actor: str, member: str) -> None:
        client = api_as(actor)
        barrier.wait()
        try:
            statuses.append(client.patch(place(world, member), {"role": "member"}).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=demote, args=pair) for pair in (("alice", "adam"), ("adam", "alice"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    owners = all_memberships().filter(tenant_id=world.bakery, role="owner", status="active")
    assert owners.count() == 1
    assert sorted(statuses)[0] == 200
