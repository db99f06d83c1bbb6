"""Scopes of roles, and teams: who sets them, what is refused, and that they hold from the next request on."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from dott.platform.identity.models import Session
from dott.platform.identity.sessions import stored_hash

SCOPES = "/api/tenants/current/scopes/"
TEAMS = "/api/tenants/current/teams/"


def test_everybody_reads_them_and_admins_set_them(api_as) -> None:
    for person in ("alice", "adam", "mia", "vera"):
        assert api_as(person).get(SCOPES).json() == {"member": "all", "viewer": "all"}
    assert api_as("mia").patch(SCOPES, {"member": "own"}).status_code == 403
    assert api_as("vera").post(TEAMS, {"name": "Oven"}).status_code == 403
    assert api_as("adam").patch(SCOPES, {"member": "own"}).json() == {"member": "own", "viewer": "all"}
    assert api_as("alice").get(SCOPES).json() == {"member": "own", "viewer": "all"}
    assert api_as("bob").get(SCOPES).json() == {"member": "all", "viewer": "all"}


@pytest.mark.parametrize("body", [{"member": "none"}, {"owner": "own"}, {"member": None}])
def test_what_is_no_scope_is_refused_by_name(api_as, body) -> None:
    response = api_as("alice").patch(SCOPES, body)
    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == [f"/{next(iter(body))}"]


def test_a_session_that_was_proved_long_ago_proves_itself_again(api_as, world) -> None:
    rows = Session.objects.filter(token_hash=stored_hash(world["alice"].token))
    rows.update(auth_time=timezone.now() - timedelta(minutes=11))
    alice = api_as("alice")
    for response in (
        alice.patch(SCOPES, {"member": "own"}),
        alice.post(TEAMS, {"name": "Oven"}),
        alice.delete(f"{TEAMS}{uuid4()}/"),
    ):
        assert (response.status_code, response.json()["code"]) == (403, "reauthentication_required")


def test_a_team_is_founded_changed_and_dissolved(api_as, world) -> None:
    alice, mia, vera = api_as("alice"), str(world["mia"].membership_id), str(world["vera"].membership_id)
    made = alice.post(TEAMS, {"name": "Oven", "members": [mia, mia]})
    assert made.status_code == 201
    team = made.json()
    assert (team["name"], team["members"]) == ("Oven", [mia])
    path = f"{TEAMS}{team['id']}/"
    assert alice.patch(path, {"members": [mia, vera]}).json()["members"] == [mia, vera]
    assert alice.patch(path, {"name": "Counter"}).json() == {
        **team,
        "name": "Counter",
        "members": [mia, vera],
    }
    names = [one["name"] for one in api_as("vera").get(TEAMS).json()["results"]]
    assert names == ["Counter", "The team"]
    assert alice.delete(path).status_code == 204
    assert alice.delete(path).status_code == 404
    assert alice.patch(path, {"name": "Gone"}).status_code == 404


def test_a_name_is_taken_once(api_as) -> None:
    response = api_as("alice").post(TEAMS, {"name": "THE TEAM"})
    assert (response.status_code, response.json()["code"]) == (409, "team_name_taken")
    assert api_as("alice").post(TEAMS, {"name": ""}).status_code == 400


def test_members_of_another_business_are_nobody(api_as, world) -> None:
    for member in (world["bob"].membership_id, uuid4()):
        response = api_as("alice").post(TEAMS, {"name": "Oven", "members": [str(member)]})
        assert response.status_code == 400
        assert response.json()["errors"] == [
            {"pointer": "/members/0", "code": "does_not_exist", "detail": "There is no such member."}
        ]
    assert [one["name"] for one in api_as("alice").get(TEAMS).json()["results"]] == ["The team"]


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_scopes_and_teams_hold_from_the_next_request_on(api_as, in_tenant, world) -> None:
    def seen_by(name: str) -> set[str] | None:
        with in_tenant(name) as context:
            return None if context.sees is None else {*map(str, context.sees)}

    mia, sam = str(world["mia"].membership_id), str(world["sam"].membership_id)
    assert seen_by("mia") is None
    assert api_as("alice").patch(SCOPES, {"member": "team"}).status_code == 200
    assert seen_by("mia") == {mia}
    team = api_as("alice").post(TEAMS, {"name": "Oven", "members": [mia, sam]}).json()
    assert seen_by("mia") == {mia, sam}
    assert seen_by("alice") is None
    assert seen_by("vera") is None
    api_as("alice").patch(f"{TEAMS}{team['id']}/", {"members": [mia]})
    assert seen_by("mia") == {mia}
    api_as("alice").patch(SCOPES, {"member": "own"})
    assert seen_by("sam") == {sam}
