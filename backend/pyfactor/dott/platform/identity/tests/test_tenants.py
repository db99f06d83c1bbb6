"""Businesses: founding, entering, naming, and who may."""

from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import transaction

from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Session, Tenant
from dott.platform.identity.sessions import SessionStore, stored_hash
from dott.platform.identity.tests.support import ME, follow_token, token_of

TENANTS, SWITCH, CURRENT = "/api/tenants/", "/api/tenants/switch/", "/api/tenants/current/"


def test_a_person_sees_the_businesses_she_belongs_to_and_no_others(api_as: Any, world: Any) -> None:
    assert api_as("sam").get(TENANTS).json()["results"] == [
        {
            "id": str(world.bakery),
            "slug": "bakery",
            "name": "Alice's Bakery",
            "role": "member",
            "is_active": True,
        },
        {
            "id": str(world.bikes),
            "slug": "bikes",
            "name": "Bob's Bikes",
            "role": "member",
            "is_active": False,
        },
    ]
    assert [row["slug"] for row in api_as("bob").get(TENANTS).json()["results"]] == ["bikes"]


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_switching_moves_the_session_under_a_new_token(api_as: Any) -> None:
    sam = api_as("sam")
    before = token_of(sam)
    answer = sam.post(SWITCH, {"tenant": "bikes"})
    assert answer.status_code == 200
    assert answer.json()["tenant"]["slug"] == "bikes"
    assert token_of(sam) != before
    assert sam.get(ME).json()["tenant"]["slug"] == "bikes"
    follow_token(sam)
    sam.cookies["sid"] = before
    assert sam.get(ME).status_code == 401


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_nobody_enters_a_business_that_is_not_hers(api_as: Any) -> None:
    mia = api_as("mia")
    foreign, none = mia.post(SWITCH, {"tenant": "bikes"}), mia.post(SWITCH, {"tenant": "no-such-business"})
    assert foreign.status_code == none.status_code == 404
    assert foreign.json()["detail"] == none.json()["detail"]
    assert mia.get(ME).json()["tenant"]["slug"] == "bakery"


def test_a_suspended_business_cannot_be_entered(api_as: Any, world: Any) -> None:
    Tenant.objects.filter(id=world.bikes).update(status="suspended")
    assert api_as("sam").post(SWITCH, {"tenant": "bikes"}).status_code == 404
    assert [row["slug"] for row in api_as("sam").get(TENANTS).json()["results"]] == ["bakery"]
    assert api_as("bob").get(ME).json()["tenant"] is None


def test_founding_another_business_makes_its_founder_the_owner(api_as: Any) -> None:
    mia = api_as("mia")
    made = mia.post(TENANTS, {"name": "Mia's Café", "currency": "CHF", "country": "CH"})
    assert made.status_code == 201
    assert made.json()["slug"] == "mias-cafe"
    roles = {row["slug"]: row["role"] for row in mia.get(TENANTS).json()["results"]}
    assert roles == {"bakery": "member", "mias-cafe": "owner"}
    assert mia.get(ME).json()["tenant"]["slug"] == "bakery"


def test_a_name_without_latin_letters_still_gives_a_slug(api_as: Any) -> None:
    made = api_as("mia").post(TENANTS, {"name": "喫茶店", "currency": "JPY", "country": "JP"})
    assert made.json()["slug"] == "business"


@pytest.mark.parametrize(
    ("field", "value"),
    [("currency", "XYZ"), ("currency", "eur"), ("country", "XX"), ("country", "Germany"), ("name", " ")],
)
def test_codes_that_do_not_exist_are_refused(api_as: Any, field: str, value: str) -> None:
    body = {"name": "Mia's", "currency": "CHF", "country": "CH"} | {field: value}
    refused = api_as("mia").post(TENANTS, body)
    assert refused.status_code == 400
    assert {error["pointer"] for error in refused.json()["errors"]} == {f"/{field}"}


def test_naming_a_business_for_the_first_time_ends_its_onboarding(api_as: Any, world: Any) -> None:
    Tenant.objects.filter(id=world.bakery).update(onboarded_at=None)
    alice = api_as("alice")
    assert alice.patch(CURRENT, {"currency": "USD"}).json()["onboarded_at"] is None
    named = alice.patch(CURRENT, {"name": "Alice & Daughters", "country": "US"})
    assert named.status_code == 200
    first = named.json()["onboarded_at"]
    assert first is not None
    assert named.headers["ETag"] == '"3"'
    assert alice.patch(CURRENT, {"name": "Alice Bread"}).json()["onboarded_at"] == first


def test_a_stale_change_of_the_settings_is_refused(api_as: Any) -> None:
    alice = api_as("alice")
    etag = alice.get(CURRENT).headers["ETag"]
    assert alice.patch(CURRENT, {"week_start": 0}, HTTP_IF_MATCH=etag).status_code == 200
    stale = alice.patch(CURRENT, {"week_start": 6}, HTTP_IF_MATCH=etag)
    assert stale.status_code == 412
    assert alice.get(CURRENT).json()["week_start"] == 0


def test_a_slug_is_taken_only_once(api_as: Any) -> None:
    alice = api_as("alice")
    taken = alice.patch(CURRENT, {"slug": "bikes"})
    assert taken.status_code == 409
    assert taken.json()["errors"][0]["pointer"] == "/slug"
    assert alice.patch(CURRENT, {"slug": "No Slug"}).status_code == 400
    assert alice.get(CURRENT).json()["slug"] == "bakery"


@pytest.mark.parametrize("field", ["name", "currency", "country", "slug", "timezone", "language"])
def test_settings_are_never_emptied(api_as: Any, field: str) -> None:
    refused = api_as("alice").patch(CURRENT, {field: ""})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == f"/{field}"


@pytest.mark.parametrize(("name", "status"), [("alice", 200), ("adam", 200), ("mia", 403), ("vera", 403)])
def test_settings_are_changed_by_owner_and_admin_only(api_as: Any, name: str, status: int) -> None:
    person = api_as(name)
    assert person.patch(CURRENT, {"week_start": 3}).status_code == status
    assert person.get(CURRENT).json()["week_start"] == (3 if status == 200 else 1)


def test_colleagues_are_listed_without_their_addresses(api_as: Any, world: Any) -> None:
    rows = api_as("vera").get(f"{CURRENT}members/").json()["results"]
    assert [row["display_name"] for row in rows] == ["Adam", "Alice", "Mia", "Sam", "Vera"]
    assert rows[1] == {
        "id": str(world["alice"].membership_id),
        "display_name": "Alice",
        "role": "owner",
        "status": "active",
    }


def test_a_new_name_reaches_the_colleagues(api_as: Any) -> None:
    api_as("mia").patch(ME, {"name": "Mia Müller"})
    names = {row["display_name"] for row in api_as("alice").get(f"{CURRENT}members/").json()["results"]}
    assert "Mia Müller" in names


def test_a_person_without_any_business_is_told_so(api_as: Any, world: Any) -> None:
    all_memberships().filter(user_id=world["mia"].user_id).update(status="disabled")
    mia = api_as("mia")
    me = mia.get(ME).json()
    assert me["membership"] is None
    assert me["tenant"] is None
    assert mia.get(CURRENT).status_code == 403
    assert mia.get(TENANTS).json() == {"results": []}


def test_a_session_that_ended_meanwhile_is_not_brought_back(api_as: Any) -> None:
    store = SessionStore(token_of(api_as("sam")))
    assert store.user_id is not None
    Session.objects.filter(token_hash=stored_hash(store.session_key)).revoke()
    with pytest.raises(UpdateError), transaction.atomic(using="auth"):
        store.save()
