"""The log of changes: what is in it, what it can be narrowed by, and who sees what."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory
from dott.platform.history.api import access
from dott.platform.history.record import Entry, record
from dott.platform.history.tests.test_undo import ANY, CHANGES, HEADER, URL, undo


@pytest.fixture
def mia(api_as):
    return api_as("mia")


def ids(response):
    assert response.status_code == 200, response.json()
    return [one["id"] for one in response.json()["results"]]


def test_an_entry_says_who_did_what_to_how_many(mia, in_tenant, world):
    with in_tenant("mia"):
        rows = CustomerFactory.create_batch(5, business_name="Row")
        record(
            changes=[Entry("crm.customer", row.pk, "update", {"notes": ""}, {"notes": "x"}) for row in rows]
            + [Entry("crm.customer", uuid4(), "delete", {"kind": "business", "business_name": "Gone"})],
            reason="Tidying",
        )
    (entry,) = mia.get(CHANGES).json()["results"]
    assert (entry["actor"], entry["actor_name"]) == (str(world["mia"].membership_id), "Mia")
    assert (entry["kind"], entry["reason"], entry["undoes"], entry["undone_by"]) == (
        "user",
        "Tidying",
        None,
        None,
    )
    assert entry["summary"] == [
        {"entity": "crm.customer", "operation": "delete", "count": 1},
        {"entity": "crm.customer", "operation": "update", "count": 5},
    ]
    assert len(entry["records"]) == 3
    assert {one["name"] for one in entry["records"]} <= {"Row", "Gone"}
    assert mia.get(f"{CHANGES}{entry['id']}/").json() == entry


def test_what_is_gone_is_called_what_it_was_called(mia):
    made = mia.post(URL, {"kind": "person", "first_name": "Ada", "last_name": "Byron"})
    undo(mia, made[HEADER])
    for entry in mia.get(CHANGES).json()["results"]:
        assert [one["name"] for one in entry["records"]] == ["Ada Byron"]


def test_the_changes_of_a_set_are_paged_and_named(mia, in_tenant):
    with in_tenant("mia"):
        rows = CustomerFactory.create_batch(5)
        set_id = record(
            changes=[Entry("crm.customer", row.pk, "update", {"notes": ""}, {"notes": "x"}) for row in rows]
        )
    first = mia.get(f"{CHANGES}{set_id}/records/?limit=3").json()
    rest = mia.get(first["next"]).json()
    found = first["results"] + rest["results"]
    assert (len(first["results"]), rest["next"]) == (3, None)
    assert {(one["record_id"], one["record_name"]) for one in found} == {
        (str(row.pk), row.business_name) for row in rows
    }
    assert found[0]["fields"] == [
        {"field": "notes", "before": "", "after": "x", "before_name": "", "after_name": ""}
    ]


def test_every_filter_narrows_it(api_as, in_tenant, world):
    mia, alice = api_as("mia"), api_as("alice")
    made = mia.post(URL, {"business_name": "Mill"})
    record_id = made.json()["id"]
    changed = alice.patch(f"{URL}{record_id}/", {"notes": "x"}, **ANY)[HEADER]
    trashed = alice.delete(f"{URL}{record_id}/", **ANY)[HEADER]
    with in_tenant("alice"):
        other = str(record(changes=[Entry("crm.deal", uuid4(), "update")], operation_kind="import"))
    created = made[HEADER]

    def listed(query):
        return ids(mia.get(f"{CHANGES}?{query}"))

    assert listed("") == [other, trashed, changed, created]
    assert listed("ordering=created_at") == [created, changed, trashed, other]
    assert listed("actor=me") == listed(f"actor={world['mia'].membership_id}") == [created]
    assert listed("kind=import") == listed("kind__in=import,system") == [other]
    assert listed("entity=crm.customer") == [trashed, changed, created]
    assert listed(f"record_id={record_id}") == [trashed, changed, created]
    assert listed("operation=trash") == [trashed]
    # Of one and the same change.
    assert listed("operation=trash&entity=crm.deal") == []
    assert listed("created_at__gte=2100-01-01T00:00:00Z") == []
    assert len(listed("created_at__lt=2100-01-01T00:00:00Z")) == 4
    page = mia.get(f"{CHANGES}?limit=3&count=exact").json()
    assert (page["count"], len(page["results"])) == (4, 3)
    assert ids(mia.get(page["next"])) == [created]


@pytest.mark.parametrize(
    "query", ["actor=nobody", "kind=ghost", "operation=explode", "record_id=7", "created_at__gte=today"]
)
def test_a_filter_that_cannot_be_read_is_named(mia, query):
    refused = mia.get(f"{CHANGES}?{query}")
    assert refused.status_code == 400
    assert [error["parameter"] for error in refused.json()["errors"]] == [query.partition("=")[0]]


def test_it_costs_the_same_for_one_entry_and_for_many(mia):
    costs = []
    for count in (1, 12):
        for number in range(count):
            mia.post(URL, {"business_name": str(number)})
        with CaptureQueriesContext(connection) as queries:
            assert mia.get(CHANGES).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_what_a_role_may_not_read_it_does_not_see_here_either(api_as, mia, monkeypatch):
    made = mia.post(URL, {"business_name": "Secret"})
    monkeypatch.setattr(access, "_standings", lambda: {"crm.customer": access.Standing("admin", "admin")})
    assert ids(mia.get(CHANGES)) == []
    assert mia.get(f"{CHANGES}{made[HEADER]}/").status_code == 404
    assert mia.get(f"{CHANGES}{made[HEADER]}/records/").status_code == 404
    assert undo(mia, made[HEADER]).status_code == 404
    assert ids(api_as("adam").get(CHANGES)) == [made[HEADER]]


def test_personal_records_are_their_makers_own_affair(api_as, mia, monkeypatch):
    made = mia.post(URL, {"business_name": "Private"})
    monkeypatch.setattr(Customer, "history_is_personal", True, raising=False)
    assert ids(mia.get(CHANGES)) == [made[HEADER]]
    assert ids(api_as("alice").get(CHANGES)) == []


def test_standings_are_those_of_the_routes():
    access._standings.cache_clear()
    assert access.standing_for("crm.customer") == access.Standing("viewer", "member")
    assert access.standing_for("crm.link_without_a_route") == access.Standing("viewer", "member")


def test_security_events_can_be_asked_for_alone_and_left_out(api_as, in_tenant):
    alice = api_as("alice")
    with in_tenant("alice"):
        event = str(record(changes=[], event="business_changed"))
    made = alice.post(URL, {"kind": "business", "business_name": "Mill"})[HEADER]
    assert ids(alice.get(f"{CHANGES}?security=true")) == [event]
    assert ids(alice.get(f"{CHANGES}?security=false")) == [made]
    assert ids(alice.get(CHANGES)) == [made, event]
    assert alice.get(f"{CHANGES}?security=perhaps").status_code == 400
