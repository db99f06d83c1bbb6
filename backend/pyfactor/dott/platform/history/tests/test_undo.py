"""Undo over the API, with customers as the example: what goes back, what stands against it, who may."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory
from dott.platform.history.api import access
from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.record import Entry, record
from dott.platform.history.snapshot import snapshot

URL = "/api/crm/customers/"
CHANGES = "/api/changes/"
HEADER = "Dott-Change-Set"
ANY = {"HTTP_IF_MATCH": "*"}


def undo(client, set_id, query="", **body):
    return client.post(f"{CHANGES}{set_id}/undo/{query}", body)


@pytest.fixture
def mia(api_as):
    return api_as("mia")


@pytest.fixture
def made(mia):
    """A customer's JSON and the set that made her."""
    response = mia.post(URL, {"business_name": "Mill", "email": "a@example.com", "notes": "old"})
    assert response.status_code == 201
    return response.json(), response[HEADER]


def test_every_write_names_its_change_set_and_no_read_does(mia, made):
    customer, set_id = made
    address = f"{URL}{customer['id']}/"
    assert UUID(set_id)
    writes = [
        mia.patch(address, {"notes": "new"}, **ANY),
        mia.delete(address, **ANY),
        mia.post(f"{address}restore/"),
    ]
    ids = [set_id, *(response[HEADER] for response in writes)]
    assert len({UUID(one) for one in ids}) == 4
    untouched = [mia.get(address), mia.get(URL), mia.patch(address, {"notes": "new"}, **ANY)]
    refused = mia.patch(address, {"email": "x"}, **ANY)
    assert [response.status_code for response in (*untouched, refused)] == [200, 200, 200, 400]
    assert all(HEADER not in response for response in (*untouched, refused))


def test_a_repeated_request_names_the_set_of_the_first(mia):
    first, again = (mia.post(URL, {"business_name": "Once"}, HTTP_IDEMPOTENCY_KEY="k") for _ in range(2))
    assert again["Idempotency-Replayed"] == "true"
    assert first[HEADER] == again[HEADER]


def test_an_update_goes_back_in_a_set_of_its_own(mia, made, in_tenant, world):
    customer, _ = made
    address = f"{URL}{customer['id']}/"
    set_id = mia.patch(address, {"notes": "new", "email": ""}, **ANY)[HEADER]
    answer = undo(mia, set_id)
    assert answer.status_code == 201, answer.json()
    assert (answer.json()["conflicts"], answer.json()["conflict_count"]) == ([], 0)
    now = mia.get(address).json()
    assert (now["notes"], now["email"], now["version"]) == ("old", "a@example.com", 3)
    with in_tenant("mia"):
        undoing = ChangeSet.objects.get(pk=answer[HEADER])
        change = undoing.changes.get()
    assert (str(undoing.undoes_id), undoing.actor_id) == (set_id, world["mia"].membership_id)
    assert (change.operation, change.before, change.after) == (
        "update", {"notes": "new", "email": ""}, {"notes": "old", "email": "a@example.com"},
    )  # fmt: skip
    assert answer.json()["change_set"]["id"] == answer[HEADER]


def test_undoing_the_undo_does_it_again(mia, made):
    customer, set_id = made
    address = f"{URL}{customer['id']}/"
    undone = undo(mia, set_id)
    assert mia.get(address).status_code == 404
    redone = undo(mia, undone[HEADER])
    assert redone.status_code == 201
    now = mia.get(address).json()
    assert now["version"] == 2
    bookkeeping = ("version", "updated_at")
    assert {k: v for k, v in now.items() if k not in bookkeeping} == {
        k: v for k, v in customer.items() if k not in bookkeeping
    }
    assert undo(mia, redone[HEADER]).status_code == 201
    assert mia.get(address).status_code == 404


def test_the_trash_is_undone_both_ways(mia, made, in_tenant):
    customer, _ = made
    address = f"{URL}{customer['id']}/"
    trashed = mia.delete(address, **ANY)[HEADER]
    with in_tenant("mia"):
        as_trashed = snapshot(Customer.objects.get())
    undone = undo(mia, trashed)
    with in_tenant("mia"):
        restored = Customer.objects.get()
        assert (restored.deleted_at, restored.deleted_by_id) == (None, None)
        assert Change.objects.get(change_set=undone[HEADER]).operation == "restore"
    undone = undo(mia, undone[HEADER])
    with in_tenant("mia"):
        assert snapshot(Customer.objects.get()) == as_trashed
        assert Change.objects.get(change_set=undone[HEADER]).operation == "trash"


def test_what_was_changed_since_stands_against_it(mia, made, in_tenant):
    customer, _ = made
    address = f"{URL}{customer['id']}/"
    set_id = mia.patch(address, {"notes": "mine", "email": "b@example.com"}, **ANY)[HEADER]
    mia.patch(address, {"notes": "theirs"}, **ANY)
    conflict = {
        "entity": "crm.customer", "record_id": customer["id"], "record_name": "Mill", "code": "changed",
        "field": "notes", "now": "theirs", "wrote": "mine", "back": "old",
    }  # fmt: skip
    dry = undo(mia, set_id, "?dry_run=1")
    assert (dry.status_code, dry.json()["change_set"]) == (200, None)
    assert (dry.json()["conflicts"], dry.json()["conflict_count"]) == ([conflict], 1)
    assert HEADER not in dry
    refused = undo(mia, set_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "undo_conflict")
    assert refused["Content-Type"] == "application/problem+json"
    assert (refused.json()["conflicts"], refused.json()["conflict_count"]) == ([conflict], 1)
    assert HEADER not in refused
    now = mia.get(address).json()
    assert (now["notes"], now["email"], now["version"]) == ("theirs", "b@example.com", 3)
    with in_tenant("mia"):
        assert not ChangeSet.objects.filter(undoes=set_id).exists()


@pytest.mark.parametrize(("choice", "notes"), [("keep", "theirs"), ("overwrite", "old")])
def test_a_conflict_is_kept_or_overwritten_as_chosen(mia, made, choice, notes):
    customer, _ = made
    address = f"{URL}{customer['id']}/"
    set_id = mia.patch(address, {"notes": "mine", "email": "b@example.com"}, **ANY)[HEADER]
    mia.patch(address, {"notes": "theirs"}, **ANY)
    answer = undo(mia, set_id, on_conflict=choice)
    assert (answer.status_code, answer.json()["conflict_count"]) == (201, 1)
    now = mia.get(address).json()
    assert (now["notes"], now["email"]) == (notes, "a@example.com")
    assert undo(mia, answer[HEADER]).status_code == 201
    now = mia.get(address).json()
    assert (now["notes"], now["email"]) == ("theirs", "b@example.com")


def test_keeping_everything_would_undo_nothing(mia, made):
    customer, _ = made
    address = f"{URL}{customer['id']}/"
    set_id = mia.patch(address, {"notes": "mine"}, **ANY)[HEADER]
    mia.patch(address, {"notes": "theirs"}, **ANY)
    refused = undo(mia, set_id, on_conflict="keep")
    assert (refused.status_code, refused.json()["code"]) == (409, "undo_conflict")


def test_what_somebody_put_back_already_is_no_conflict(mia, made):
    customer, _ = made
    address = f"{URL}{customer['id']}/"
    set_id = mia.patch(address, {"notes": "mine", "email": ""}, **ANY)[HEADER]
    mia.patch(address, {"notes": "old"}, **ANY)
    assert undo(mia, set_id).status_code == 201
    now = mia.get(address).json()
    assert (now["notes"], now["email"]) == ("old", "a@example.com")


def test_a_created_record_that_has_grown_is_not_thrown_away(mia, made):
    customer, set_id = made
    address = f"{URL}{customer['id']}/"
    mia.patch(address, {"phone": "+493012345678"}, **ANY)
    refused = undo(mia, set_id)
    assert refused.status_code == 409
    (conflict,) = refused.json()["conflicts"]
    assert (conflict["field"], conflict["now"], conflict["wrote"]) == ("phone", "+493012345678", None)
    assert mia.get(address).status_code == 200
    assert undo(mia, set_id, on_conflict="overwrite").status_code == 201
    assert mia.get(address).status_code == 404


def test_a_record_that_is_gone_stays_gone(mia, made, in_tenant):
    customer, created = made
    set_id = mia.patch(f"{URL}{customer['id']}/", {"notes": "new"}, **ANY)[HEADER]
    assert undo(mia, created, on_conflict="overwrite").status_code == 201
    for choice in ("refuse", "keep", "overwrite"):
        refused = undo(mia, set_id, on_conflict=choice)
        assert refused.status_code == 409
        assert [one["code"] for one in refused.json()["conflicts"]] == ["gone"]
    with in_tenant("mia"):
        assert not Customer.objects.exists()


def test_a_set_is_undone_once(mia, made):
    _, set_id = made
    assert undo(mia, set_id).status_code == 201
    again = undo(mia, set_id)
    assert (again.status_code, again.json()["code"]) == (409, "already_undone")


def test_an_undo_that_is_sent_again_is_done_once(mia, made, in_tenant):
    _, set_id = made
    answers = [mia.post(f"{CHANGES}{set_id}/undo/", {}, HTTP_IDEMPOTENCY_KEY="undo-1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    dry = mia.post(f"{CHANGES}{set_id}/undo/?dry_run=1", {}, HTTP_IDEMPOTENCY_KEY="undo-1")
    assert dry.status_code == 422
    with in_tenant("mia"):
        assert ChangeSet.objects.filter(undoes=set_id).count() == 1


def test_a_unique_value_that_was_given_away_stands_against_it(mia, in_tenant):
    first = mia.post(URL, {"business_name": "First", "external_id": "7"})
    address = f"{URL}{first.json()['id']}/"
    set_id = mia.patch(address, {"external_id": ""}, **ANY)[HEADER]
    mia.post(URL, {"business_name": "Second", "external_id": "7"})
    refused = undo(mia, set_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "customer_external_id_is_unique")
    assert mia.get(address).json()["external_id"] == ""


def test_an_empty_set_and_an_unknown_entity_are_nothing_to_undo(mia, in_tenant):
    with in_tenant("mia"):
        empty = record(changes=[])
        foreign = record(changes=[Entry("crm.nothing", UUID(int=1), "update", {"a": 1}, {"a": 2})])
    for set_id in (empty, foreign):
        refused = undo(mia, set_id)
        assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_undo")


@pytest.mark.parametrize(
    ("who", "status"),
    [("mia", 201), ("sam", 403), ("vera", 403), ("adam", 201), ("alice", 201), ("bob", 404)],
)
def test_members_undo_their_own_and_administrators_anything(api_as, made, who, status):
    _, set_id = made
    answer = undo(api_as(who), set_id)
    assert answer.status_code == status, answer.json()
    seen = api_as("mia").get(f"{CHANGES}{set_id}/").json()
    assert (seen["undone_by"] is not None) == (status == 201)


def test_a_member_undoes_nothing_that_takes_an_administrator_to_change(mia, made, monkeypatch):
    _, set_id = made
    monkeypatch.setattr(access, "standing_for", lambda entity: access.Standing("viewer", "admin"))
    assert mia.get(f"{CHANGES}{set_id}/").json()["can_undo"] is False
    refused = undo(mia, set_id)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours_to_undo")


@pytest.mark.parametrize(
    ("query", "body", "where"),
    [
        ("?dry_run=maybe", {}, {"parameter": "dry_run"}),
        ("", {"on_conflict": "shout"}, {"pointer": "/on_conflict"}),
        ("", {"force": True}, {"pointer": "/force"}),
    ],
)
def test_bad_input_is_named(mia, made, query, body, where):
    refused = undo(mia, made[1], query, **body)
    assert refused.status_code == 400
    (error,) = refused.json()["errors"]
    assert where.items() <= error.items()


def test_many_records_take_as_many_statements_as_one(in_tenant, world, mia):
    def bulk(count):
        with in_tenant("mia"):
            rows = CustomerFactory.create_batch(count)
            ids = [row.pk for row in rows]
            Customer.objects.filter(pk__in=ids).update(stage="former", updated_at=timezone.now())
            return ids, record(
                changes=[
                    Entry("crm.customer", one, "update", {"stage": "customer"}, {"stage": "former"})
                    for one in ids
                ]
            )

    costs = []
    for count in (1, 40):
        ids, set_id = bulk(count)
        with CaptureQueriesContext(connection) as queries:
            answer = undo(mia, set_id)
        assert answer.status_code == 201
        costs.append(len(queries))
        with in_tenant("mia"):
            assert set(Customer.objects.filter(pk__in=ids).values_list("stage", "version")) == {
                ("customer", 2)
            }
            assert Change.objects.filter(change_set=answer[HEADER]).count() == count
    assert costs[0] == costs[1]
