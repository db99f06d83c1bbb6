"""The tenant middleware: default deny, one transaction per request, effective at the next request."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connections
from rest_framework.test import APIClient

from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Session, Tenant, User
from dott.platform.identity.sessions import stored_hash
from tests.world import World

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.urls("tests.wall.views"),
]
ApiAs = Callable[[str], APIClient]


def test_without_a_session_every_path_is_denied(api: APIClient) -> None:
    for path in ("/api/wall/kinds/", "/api/no/such/path/", "/anything"):
        response = api.get(path)
        assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")


@pytest.mark.asvs("2.3.3")
@pytest.mark.parametrize(("status", "kept"), [(201, 1), (302, 1), (400, 0), (404, 0), (500, 0)])
def test_status_of_400_and_above_rolls_back(api_as: ApiAs, status: int, kept: int) -> None:
    alice = api_as("alice")
    assert alice.post(f"/api/wall/write/{status}/").status_code == status
    assert len(alice.get("/api/wall/kinds/").json()["kinds"]) == kept


@pytest.mark.asvs("2.3.3", "16.5.4")
def test_exception_rolls_back_and_the_connection_serves_on(api_as: ApiAs) -> None:
    alice = api_as("alice")
    assert alice.post("/api/wall/raise/").status_code == 500
    assert alice.get("/api/wall/kinds/").json() == {"kinds": []}


def test_streaming_response_without_its_own_context_is_refused(api_as: ApiAs) -> None:
    assert api_as("alice").get("/api/wall/streaming/").status_code == 500


def test_lazy_response_is_rendered_inside_the_transaction(api_as: ApiAs) -> None:
    alice = api_as("alice")
    alice.post("/api/wall/write/201/")
    assert alice.get("/api/wall/lazy/").content == b"1"


@pytest.mark.asvs("14.2.2", "14.3.2")
def test_answers_are_never_for_a_shared_cache(api_as: ApiAs) -> None:
    assert api_as("alice").get("/api/wall/kinds/").headers["Cache-Control"] == "private, no-store"


@pytest.mark.asvs("14.2.5")
def test_same_url_and_cache_key_of_two_tenants(api_as: ApiAs, world: World) -> None:
    cache.clear()
    assert api_as("alice").get("/api/wall/cached/").json() == {"tenant": str(world.bakery)}
    assert api_as("bob").get("/api/wall/cached/").json() == {"tenant": str(world.bikes)}


def test_tenants_see_only_their_own_rows(api_as: ApiAs) -> None:
    api_as("alice").post("/api/wall/write/201/")
    assert api_as("bob").get("/api/wall/kinds/").json() == {"kinds": []}


SESSION_ENDINGS = {
    "expired": "UPDATE identity_session SET expires_at = now() - interval '1 second'",
    "idle": "UPDATE identity_session SET last_seen_at = now() - interval '8 hours 1 second'",
    "revoked": "UPDATE identity_session SET revoked_at = now()",
}


@pytest.mark.asvs("7.4.1")
@pytest.mark.parametrize("ending", SESSION_ENDINGS)
def test_ended_session_is_refused_at_the_next_request(api_as: ApiAs, ending: str) -> None:
    alice = api_as("alice")
    assert alice.get("/api/wall/kinds/").status_code == 200
    with connections["auth"].cursor() as cursor:
        cursor.execute(SESSION_ENDINGS[ending])
    response = alice.get("/api/wall/kinds/")
    assert (response.status_code, response.json()["code"]) == (401, "session_expired")


def test_session_just_inside_its_idle_time_is_served_and_touched(api_as: ApiAs, world: World) -> None:
    with connections["auth"].cursor() as cursor:
        cursor.execute("UPDATE identity_session SET last_seen_at = now() - interval '7 hours 59 minutes'")
    assert api_as("alice").get("/api/wall/kinds/").status_code == 200
    session = Session.objects.get(token_hash=stored_hash(world["alice"].token))
    with connections["auth"].cursor() as cursor:
        cursor.execute("SELECT now() - %s < interval '10 seconds'", [session.last_seen_at])
        assert cursor.fetchone() == (True,)


@pytest.mark.asvs("7.4.2")
def test_inactive_user_removed_member_and_closed_business(api_as: ApiAs, world: World) -> None:
    User.objects.filter(id=world["alice"].user_id).update(is_active=False)
    assert api_as("alice").get("/api/wall/kinds/").status_code == 401
    all_memberships().filter(id=world["mia"].membership_id).update(status="disabled")
    assert api_as("mia").get("/api/wall/kinds/").status_code == 403
    Tenant.objects.filter(id=world.bikes).update(status="suspended")
    assert api_as("bob").get("/api/wall/kinds/").status_code == 403
