"""Bulk changes as a client sees them: all or nothing, one change set. Customers stand for every resource."""

import json
from uuid import uuid4

import pytest

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory, PersonFactory
from dott.platform.api import bulk
from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.trash import KIND
from dott.platform.jobs.models import Job

URL = "/api/crm/customers/bulk/"
EDIT, ASSIGN, TRASH = ({"action": action, "expected_count": 5} for action in ("edit", "assign", "trash"))


@pytest.fixture
def client(api_as):
    return api_as("alice")


@pytest.fixture
def customers(in_tenant) -> list[str]:
    """Three leads and two customers; the last one is a person."""
    with in_tenant("alice"):
        made = [
            CustomerFactory(business_name="A", stage="lead", phone="+493012345"),
            CustomerFactory(business_name="B", stage="lead", source="Fair"),
            CustomerFactory(business_name="C", stage="lead"),
            CustomerFactory(business_name="D"),
            PersonFactory(last_name="E"),
        ]
    return [str(customer.pk) for customer in made]


def state(in_tenant) -> dict[str, tuple]:
    with in_tenant("alice"):
        rows = Customer.objects.values_list("pk", "stage", "kind", "owner", "version", "deleted_at")
        return {str(row[0]): row[1:] for row in rows}


def changes(in_tenant) -> int:
    with in_tenant("alice"):
        return Change.objects.count()


def errors_of(response, status: int = 400) -> list[tuple]:
    assert response.status_code == status, response.content
    return [
        (error["pointer"], error["code"], *([error["record"]] if "record" in error else []))
        for error in response.json()["errors"]
    ]


def test_an_edit_by_ids_is_one_change_set(client, customers, in_tenant, world):
    before = state(in_tenant)
    body = {"action": "edit", "ids": customers[:4], "values": {"stage": "customer", "source": "Fair"}}
    response = client.post(URL, body)
    assert response.status_code == 200, response.content
    with in_tenant("alice"):
        (made,) = ChangeSet.objects.filter(id=response.json()["change_set"])
        kept = {str(c.record_id): (c.operation, c.before, c.after) for c in made.changes.all()}
    assert response.json() == {"changed": 4, "unchanged": 0, "change_set": str(made.id)}
    assert made.actor_id == world["alice"].membership_id
    stage = ({"stage": "lead"}, {"stage": "customer"})
    source = ({"source": ""}, {"source": "Fair"})
    assert kept == {
        customers[0]: ("update", stage[0] | source[0], stage[1] | source[1]),
        customers[1]: ("update", *stage),
        customers[2]: ("update", stage[0] | source[0], stage[1] | source[1]),
        customers[3]: ("update", *source),
    }
    after = state(in_tenant)
    assert all(after[id_][:1] == ("customer",) and after[id_][3] == 2 for id_ in customers[:4])
    assert after[customers[4]] == before[customers[4]]


def test_what_is_so_already_is_not_written(client, customers, in_tenant):
    before = state(in_tenant), changes(in_tenant)
    response = client.post(URL, {"action": "edit", "ids": customers[:3], "values": {"stage": "lead"}})
    assert response.json() == {"changed": 0, "unchanged": 3, "change_set": None}
    assert (state(in_tenant), changes(in_tenant)) == before


def test_an_edit_by_filter_with_the_expected_count(client, customers, in_tenant):
    body = {
        "action": "edit",
        "query": {"stage": "lead"},
        "filter": {"or": [
            {"field": "display_name", "op": "is", "value": "a"},
            {"field": "source", "op": "is", "value": "fair"},
        ]},
        "expected_count": 2,
        "values": {"status": "inactive"},
    }  # fmt: skip
    assert client.post(URL, body).json()["changed"] == 2
    with in_tenant("alice"):
        inactive = Customer.objects.filter(status="inactive").values_list("business_name", flat=True)
        assert set(inactive) == {"A", "B"}


@pytest.mark.parametrize("expected", [0, 2, 4])
def test_a_count_that_moved_is_refused(client, customers, in_tenant, expected):
    before = state(in_tenant), changes(in_tenant)
    body = {"action": "trash", "query": {"stage": "lead"}, "expected_count": expected}
    response = client.post(URL, body)
    assert (response.status_code, response.json()["code"], response.json()["count"]) == (
        409,
        "selection_moved",
        3,
    )
    assert (state(in_tenant), changes(in_tenant)) == before


def test_assigning(client, customers, in_tenant, world):
    mia = world["mia"].membership_id
    for to, owner in ((str(mia), mia), ("me", world["alice"].membership_id), (None, None)):
        assert client.post(URL, {"action": "assign", "ids": customers, "to": to}).json()["changed"] == 5
        assert {row[2] for row in state(in_tenant).values()} == {owner}


def test_trash_and_restore(client, customers, in_tenant, world):
    assert client.post(URL, {"action": "trash", "ids": customers[:2]}).json()["changed"] == 2
    again = client.post(URL, {"action": "trash", "ids": customers[:3]}).json()
    assert (again["changed"], again["unchanged"]) == (1, 2)
    with in_tenant("alice"):
        assert Customer.objects.get(pk=customers[0]).deleted_by_id == world["alice"].membership_id
        change = Change.objects.filter(record_id=customers[0]).latest("id")
        nobody = {"deleted_at": None, "deleted_by": None}
        assert (change.operation, change.before, set(change.after)) == ("trash", nobody, set(nobody))
    body = {"action": "restore", "query": {"trashed": "true"}, "expected_count": 3}
    assert client.post(URL, body).json()["changed"] == 3
    assert all(row[-1] is None for row in state(in_tenant).values())


def test_restoring_judges_unique_values_again(client, in_tenant):
    with in_tenant("alice"):
        first, other = CustomerFactory(external_id="X1"), CustomerFactory()
    client.post(URL, {"action": "trash", "ids": [str(first.pk), str(other.pk)]})
    with in_tenant("alice"):
        CustomerFactory(external_id="X1")
    before = state(in_tenant)
    response = client.post(URL, {"action": "restore", "ids": [str(first.pk), str(other.pk)]})
    assert (response.status_code, response.json()["code"]) == (409, "customer_external_id_is_unique")
    assert state(in_tenant) == before


def test_one_record_that_refuses_stops_all(client, customers, in_tenant):
    before = state(in_tenant), changes(in_tenant)
    response = client.post(URL, {"action": "edit", "ids": customers, "values": {"kind": "business"}})
    rule = "customer_business_has_business_name"
    assert errors_of(response) == [("/values/business_name", rule, customers[4])]
    assert response.json()["refused"] == 1
    assert (state(in_tenant), changes(in_tenant)) == before


def test_records_in_the_trash_are_not_edited(client, customers, in_tenant):
    client.post(URL, {"action": "trash", "ids": customers[:1]})
    before = state(in_tenant)
    for body in ({"action": "edit", "values": {"stage": "other"}}, {"action": "assign", "to": "me"}):
        response = client.post(URL, body | {"ids": customers})
        assert errors_of(response, 409) == [("", "in_trash", customers[0])]
    assert state(in_tenant) == before


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("/action", "required")]),
        ({"action": "purge", "ids": [str(uuid4())]}, [("/action", "invalid_choice")]),
        ({"action": "trash"}, [("/ids", "ids_or_filters")]),
        ({"action": "trash", "query": {}}, [("/ids", "ids_or_filters")]),
        ({"action": "trash", "ids": []}, [("/ids", "min_length")]),
        ({"action": "trash", "ids": ["x"]}, [("/ids/0", "invalid")]),
        ({"action": "trash", "ids": [str(uuid4())] * 1001}, [("/ids", "max_length")]),
        ({"action": "trash", "ids": [str(uuid4())], "expected_count": 1}, [("/ids", "ids_or_filters")]),
        ({"action": "trash", "ids": [str(uuid4())], "filter": None}, [("/ids", "ids_or_filters")]),
        ({"action": "trash", "ids": [str(uuid4())]}, [("/ids/0", "does_not_exist")]),
        ({"action": "trash", "expected_count": -1}, [("/expected_count", "min_value")]),
        (TRASH | {"to": "me"}, [("/to", "unexpected")]),
        (EDIT, [("/values", "required")]),
        (EDIT | {"values": {}}, [("/values", "not_a_bulk_field")]),
        (EDIT | {"values": {"notes": "x"}}, [("/values/notes", "not_a_bulk_field")]),
        (EDIT | {"values": {"stage": "x"}}, [("/values/stage", "invalid_choice")]),
        (EDIT | {"values": {"owner": str(uuid4())}},
         [("/values/owner", "does_not_exist")]),
        (ASSIGN | {"to": str(uuid4())}, [("/to", "does_not_exist")]),
        (ASSIGN | {"to": "you"}, [("/to", "invalid")]),
        (TRASH | {"query": {"x": "1"}}, [("/query/x", "unknown_parameter")]),
        (TRASH | {"query": {"filter": "{}"}}, [("/query/filter", "unknown_parameter")]),
        (TRASH | {"query": {"stage": "x"}}, [("/query/stage", "invalid_choice")]),
        (TRASH | {"query": {"trashed": "x"}}, [("/query/trashed", "invalid")]),
        (TRASH | {"query": {"owner__in": ",".join([str(uuid4())] * 101)}},
         [("/query/owner__in", "too_many_values")]),
        (TRASH | {"filter": {"and": [{"field": "x", "op": "is"}]}},
         [("/filter/and/0/field", "unknown_field")]),
        (TRASH | {"filter": "{"}, [("/filter", "invalid_json")]),
        (TRASH | {"extra": 1}, [("/extra", "unknown_field")]),
    ],
    ids=lambda value: json.dumps(value)[:60],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_written(client, customers, in_tenant, body, errors):
    before = state(in_tenant), changes(in_tenant)
    assert errors_of(client.post(URL, body)) == errors
    assert (state(in_tenant), changes(in_tenant)) == before


def test_more_than_can_be_changed_at_once(client, customers, in_tenant, monkeypatch):
    monkeypatch.setattr(bulk, "MAX_RECORDS", 4)
    assert errors_of(client.post(URL, {"action": "trash", "expected_count": 5})) == [
        ("/expected_count", "too_many_records")
    ]


def test_another_business_is_not_touched(client, customers, in_tenant, api_as):
    before = state(in_tenant)
    response = api_as("bob").post(URL, {"action": "trash", "ids": customers[:1]})
    unknown = api_as("bob").post(URL, {"action": "trash", "ids": [str(uuid4())]})
    assert errors_of(response) == errors_of(unknown) == [("/ids/0", "does_not_exist")]
    assert api_as("bob").post(URL, {"action": "trash", "expected_count": 0}).json()["changed"] == 0
    assert state(in_tenant) == before


def test_viewers_change_nothing(customers, api_as, in_tenant):
    before = state(in_tenant)
    assert api_as("vera").post(URL, {"action": "trash", "ids": customers}).status_code == 403
    assert state(in_tenant) == before


def test_a_repeated_request_is_done_once(client, customers, in_tenant):
    body = {"action": "edit", "ids": customers, "values": {"status": "blocked"}}
    first, second = (client.post(URL, body, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"
    assert {row[3] for row in state(in_tenant).values()} == {2}


def test_what_was_done_to_many_is_undone_at_once(client, customers, in_tenant):
    """Fields come back as they were; versions go on counting."""

    def fields() -> dict[str, tuple]:
        return {id_: (row[:3], row[-1]) for id_, row in state(in_tenant).items()}

    before = fields()
    for body in (
        {"action": "edit", "ids": customers, "values": {"stage": "other", "industry": "Food"}},
        {"action": "assign", "ids": customers, "to": "me"},
        {"action": "trash", "ids": customers},
    ):
        response = client.post(URL, body)
        made = response.json()["change_set"]
        assert response["Dott-Change-Set"] == made
        assert fields() != before
        assert client.post(f"/api/changes/{made}/undo/").status_code == 201
        assert fields() == before


def test_the_trash_is_looked_at_again_when_its_time_has_come(client, customers, in_tenant):
    client.post(URL, {"action": "trash", "ids": customers})
    with in_tenant("alice"):
        assert Job.objects.filter(kind=KIND).count() == 1
