"""Customers over HTTP: create, read, change, trash, restore, and the history of each."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory, PersonFactory
from dott.platform.history.models import Change, ChangeSet

URL = "/api/crm/customers/"


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def customer(in_tenant):
    with in_tenant("alice"):
        return CustomerFactory(business_name="Old Mill", external_id="M-1")


def address(customer: Customer, tail: str = "") -> str:
    return f"{URL}{customer.pk}/{tail}"


def changes(in_tenant, name="alice"):
    with in_tenant(name):
        return list(Change.objects.select_related("change_set").order_by("id"))


# --- create ------------------------------------------------------------------------------------------


def test_create_answers_with_the_whole_customer(alice, world):
    response = alice.post(URL, {"business_name": "  Kölner Kaffee ", "stage": "lead", "tax_id": "DE 1"})
    assert response.status_code == 201
    body = response.json()
    assert response["ETag"] == '"1"'
    assert response["Location"] == f"{URL}{body['id']}/"
    assert body["account_number"] == "C-000001"
    assert body["display_name"] == body["business_name"] == "Kölner Kaffee"
    assert (body["kind"], body["stage"], body["status"]) == ("business", "lead", "active")
    assert body["created_by"] == body["updated_by"] == str(world["alice"].membership_id)
    assert (body["owner"], body["owner_name"], body["deleted_at"]) == (None, "", None)
    assert (body["email"], body["billing_country"], body["is_tax_exempt"]) == ("", "", False)
    assert alice.get(f"{URL}{body['id']}/").json() == body


def test_account_numbers_count_up_per_business(alice, api_as):
    names = ["One", "Two", "Three"]
    numbers = [alice.post(URL, {"business_name": name}).json()["account_number"] for name in names]
    assert numbers == ["C-000001", "C-000002", "C-000003"]
    assert api_as("bob").post(URL, {"business_name": "Other"}).json()["account_number"] == "C-000001"


def test_create_writes_one_change_set(alice, in_tenant, world):
    response = alice.post(
        URL,
        {"kind": "person", "last_name": "Ng", "do_not_call": True},
        headers={"X-Request-ID": "support-0001"},
    )
    (change,) = changes(in_tenant)
    assert str(change.record_id) == response.json()["id"]
    assert (change.entity, change.operation, change.before) == ("crm.customer", "create", {})
    assert change.after == {
        "number": 1, "kind": "person", "last_name": "Ng", "stage": "customer", "status": "active",
        "do_not_call": True,
    }  # fmt: skip
    change_set = change.change_set
    assert (change_set.kind, change_set.request_id) == ("user", "support-0001")
    assert change_set.actor_id == world["alice"].membership_id


def test_the_owner_is_shown_with_its_name(alice, world):
    body = alice.post(URL, {"business_name": "Mill", "owner": str(world["mia"].membership_id)}).json()
    assert (body["owner"], body["owner_name"]) == (str(world["mia"].membership_id), "Mia")


def test_an_owner_of_another_business_is_as_unknown_as_a_random_one(alice, world, in_tenant):
    answers = [
        alice.post(URL, {"business_name": "Mill", "owner": str(owner)})
        for owner in (world["bob"].membership_id, uuid4())
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert answers[0].json()["errors"] == answers[1].json()["errors"]
    assert answers[0].json()["errors"][0]["pointer"] == "/owner"
    with in_tenant("alice"):
        assert Customer.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("id", "read_only"), ("account_number", "read_only"), ("display_name", "read_only"),
        ("version", "read_only"), ("created_by", "read_only"), ("deleted_at", "read_only"),
        ("tenant_id", "unknown_field"), ("number", "unknown_field"), ("search_text", "unknown_field"),
        ("deleted_by", "unknown_field"),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_refused_by_name(alice, field, code):
    response = alice.post(URL, {"business_name": "Mill", field: None})
    assert response.status_code == 400
    assert [(e["pointer"], e["code"]) for e in response.json()["errors"]] == [(f"/{field}", code)]


def test_an_external_id_is_taken_once(alice, customer, in_tenant):
    response = alice.post(URL, {"business_name": "Second", "external_id": "M-1"})
    assert response.status_code == 409
    assert response.json()["code"] == "customer_external_id_is_unique"
    with in_tenant("alice"):
        assert Customer.objects.count() == 1
        assert ChangeSet.objects.count() == 0


def test_external_ids_of_two_businesses_do_not_meet(customer, api_as):
    assert api_as("bob").post(URL, {"business_name": "B", "external_id": "M-1"}).status_code == 201


def test_an_idempotency_key_creates_once(alice, in_tenant):
    answers = [
        alice.post(URL, {"business_name": "Once"}, headers={"Idempotency-Key": "k-1"}) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    with in_tenant("alice"):
        assert Customer.objects.count() == 1


def test_text_is_stored_composed(alice):
    body = alice.post(URL, {"business_name": "Ko\u0308ln", "billing_city": "A\u030abo"}).json()
    assert (body["business_name"], body["billing_city"]) == ("K\u00f6ln", "\u00c5bo")


# --- change ------------------------------------------------------------------------------------------


def test_patch_changes_what_is_sent(alice, customer, in_tenant, world):
    response = alice.patch(address(customer), {"business_name": "New Mill"}, headers={"If-Match": '"1"'})
    assert response.status_code == 200
    assert response["ETag"] == '"2"'
    body = response.json()
    assert (body["display_name"], body["external_id"], body["version"]) == ("New Mill", "M-1", 2)
    assert body["updated_at"] > body["created_at"]
    (change,) = changes(in_tenant)
    assert change.operation == "update"
    assert (change.before, change.after) == ({"business_name": "Old Mill"}, {"business_name": "New Mill"})
    assert change.change_set.actor_id == world["alice"].membership_id


def test_patch_says_who_changed_it(customer, api_as, world):
    response = api_as("mia").patch(address(customer), {"notes": "Hi"}, headers={"If-Match": '"1"'})
    assert response.json()["updated_by"] == str(world["mia"].membership_id)
    assert response.json()["created_by"] == str(world["alice"].membership_id)


def test_patch_without_a_difference_keeps_the_version(alice, customer, in_tenant):
    response = alice.patch(address(customer), {"business_name": "Old Mill"}, headers={"If-Match": '"1"'})
    assert (response.status_code, response["ETag"]) == (200, '"1"')
    assert changes(in_tenant) == []


def test_put_replaces(alice, in_tenant, world):
    with in_tenant("alice"):
        customer = CustomerFactory(
            business_name="Mill",
            notes="x",
            do_not_call=True,
            stage="lead",
            owner_id=world["mia"].membership_id,
        )
    response = alice.put(
        address(customer), {"kind": "person", "first_name": "Ada"}, headers={"If-Match": '"1"'}
    )
    assert response.status_code == 200
    body = response.json()
    assert (body["display_name"], body["business_name"], body["notes"]) == ("Ada", "", "")
    assert (body["do_not_call"], body["stage"], body["owner"]) == (False, "customer", None)
    assert body["account_number"] == "C-000001"
    (change,) = changes(in_tenant)
    assert set(change.after) == {
        "kind", "first_name", "business_name", "notes", "do_not_call", "stage", "owner",
    }  # fmt: skip


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_change_must_name_the_version(alice, customer, in_tenant, method):
    send = getattr(alice, method)
    assert send(address(customer), {"business_name": "X"}).status_code == 428
    stale = send(address(customer), {"business_name": "X"}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    assert stale.json()["current_version"] == 1
    assert changes(in_tenant) == []
    with in_tenant("alice"):
        assert Customer.objects.get().business_name == "Old Mill"


def test_two_editors_do_not_overwrite_each_other(customer, api_as):
    first = api_as("alice").patch(address(customer), {"notes": "A"}, headers={"If-Match": '"1"'})
    second = api_as("mia").patch(address(customer), {"notes": "B"}, headers={"If-Match": '"1"'})
    assert (first.status_code, second.status_code) == (200, 412)
    assert api_as("mia").get(address(customer)).json()["notes"] == "A"


def test_a_changed_rule_between_fields_is_seen_on_patch(alice, customer):
    response = alice.patch(address(customer), {"kind": "person"}, headers={"If-Match": '"1"'})
    assert response.status_code == 400
    assert [(e["pointer"], e["code"]) for e in response.json()["errors"]] == [
        ("/first_name", "customer_person_has_a_name"),
        ("/last_name", "customer_person_has_a_name"),
    ]


def test_taking_another_ones_external_id_is_a_conflict(alice, customer, in_tenant):
    with in_tenant("alice"):
        other = CustomerFactory(external_id="M-2")
    response = alice.patch(address(other), {"external_id": "M-1"}, headers={"If-Match": '"1"'})
    assert (response.status_code, response.json()["code"]) == (409, "customer_external_id_is_unique")


# --- read --------------------------------------------------------------------------------------------


def test_an_unchanged_customer_is_not_sent_again(alice, customer):
    assert alice.get(address(customer), headers={"If-None-Match": '"1"'}).status_code == 304
    assert alice.get(address(customer), headers={"If-None-Match": '"2"'}).status_code == 200


def test_fields_are_chosen(alice, customer):
    chosen = {"id": str(customer.pk), "display_name": "Old Mill"}
    assert alice.get(f"{URL}?fields=id,display_name").json()["results"] == [chosen]
    assert alice.get(f"{address(customer)}?fields=id,display_name").json() == chosen
    assert alice.get(f"{URL}?fields=id,password").status_code == 400


# --- trash -------------------------------------------------------------------------------------------


def test_deleting_puts_into_the_trash_and_restoring_takes_out(alice, customer, in_tenant):
    assert alice.delete(address(customer), headers={"If-Match": '"1"'}).status_code == 204
    assert alice.get(URL).json()["results"] == []
    trashed = alice.get(f"{URL}?trashed=true").json()["results"]
    assert [(row["id"], row["version"]) for row in trashed] == [(str(customer.pk), 2)]
    assert trashed[0]["deleted_at"] is not None

    restored = alice.post(address(customer, "restore/"), headers={"If-Match": '"2"'})
    assert (restored.status_code, restored["ETag"]) == (200, '"3"')
    assert restored.json()["deleted_at"] is None
    assert [row["id"] for row in alice.get(URL).json()["results"]] == [str(customer.pk)]
    assert alice.get(f"{URL}?trashed=true").json()["results"] == []

    trash, restore = changes(in_tenant)
    assert [trash.operation, restore.operation] == ["trash", "restore"]
    assert trash.before == restore.after == {"deleted_at": None, "deleted_by": None}
    assert trash.after == restore.before
    with in_tenant("alice"):
        assert Customer.objects.get().deleted_by_id is None


def test_a_trashed_customer_is_read_only(alice, customer, in_tenant):
    alice.delete(address(customer), headers={"If-Match": '"1"'})
    for method in ("patch", "put", "delete"):
        response = getattr(alice, method)(
            address(customer), {"business_name": "X"}, headers={"If-Match": '"2"'}
        )
        assert (response.status_code, response.json()["code"]) == (409, "in_trash")
    assert [change.operation for change in changes(in_tenant)] == ["trash"]


def test_restoring_what_is_not_trashed_is_a_conflict(alice, customer):
    response = alice.post(address(customer, "restore/"))
    assert (response.status_code, response.json()["code"]) == (409, "not_in_trash")


def test_a_trashed_customer_blocks_no_value_and_restoring_checks_it_again(alice, customer, in_tenant):
    alice.delete(address(customer), headers={"If-Match": '"1"'})
    assert alice.post(URL, {"business_name": "Heir", "external_id": "M-1"}).status_code == 201
    response = alice.post(address(customer, "restore/"))
    assert (response.status_code, response.json()["code"]) == (409, "customer_external_id_is_unique")
    with in_tenant("alice"):
        assert Customer.objects.get(pk=customer.pk).deleted_at is not None
    assert [change.operation for change in changes(in_tenant)] == ["trash", "create"]


# --- who may -----------------------------------------------------------------------------------------


def test_a_viewer_reads_and_writes_nothing(customer, api_as, in_tenant):
    vera = api_as("vera")
    assert vera.get(URL).status_code == vera.get(address(customer)).status_code == 200
    match = {"If-Match": '"1"'}
    answers = [
        vera.post(URL, {"business_name": "X"}),
        vera.patch(address(customer), {"business_name": "X"}, headers=match),
        vera.put(address(customer), {"business_name": "X"}, headers=match),
        vera.delete(address(customer), headers=match),
        vera.post(address(customer, "restore/")),
        vera.get(f"{URL}export/"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 6
    assert changes(in_tenant) == []


def test_a_stranger_finds_nothing(customer, api_as):
    bob = api_as("bob")
    assert bob.get(URL).json()["results"] == []
    foreign, random = bob.get(address(customer)), bob.get(f"{URL}{uuid4()}/")
    assert (foreign.status_code, random.status_code) == (404, 404)
    differing = {"instance", "request_id"}
    assert {k: v for k, v in foreign.json().items() if k not in differing} == {
        k: v for k, v in random.json().items() if k not in differing
    }


# --- cost --------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_round_trips(alice, in_tenant):
    """BEGIN (the proof of the tenant travels with it) and COMMIT are counted, and what is asked ahead, though
    that travels with BEGIN too."""
    with in_tenant("alice"):
        for _ in range(30):
            PersonFactory()
        record = Customer.objects.first()

    def trips(send) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert send().status_code < 300
        return len(queries)

    assert trips(lambda: alice.get(f"{URL}?count=capped&limit=2&ordering=name")) == 4
    assert trips(lambda: alice.get(f"{URL}?count=capped&limit=30&ordering=name&q=person")) == 4
    assert trips(lambda: alice.get(f"{URL}?limit=30")) == 3
    assert trips(lambda: alice.get(address(record))) == 3
    assert trips(lambda: alice.post(URL, {"business_name": "Mill"})) == 4
    assert trips(lambda: alice.patch(address(record), {"notes": "x"}, headers={"If-Match": '"1"'})) == 4


def test_a_change_answers_with_the_whole_record(alice, in_tenant):
    """Also with what stands behind a reference that is empty."""
    with in_tenant("alice"):
        customer = CustomerFactory(owner=None)
    url = f"/api/crm/customers/{customer.pk}/"
    changed = alice.patch(url, {"notes": "Called."}, headers={"If-Match": "*"})
    assert changed.json()["owner_name"] == ""
    assert changed.json() == alice.get(url).json()
