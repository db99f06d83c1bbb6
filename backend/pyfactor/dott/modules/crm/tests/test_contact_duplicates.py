"""Contacts that may be one: by what they are found, in the form, in the report, and what is said of them."""

import pytest

from dott.modules.crm.models import Contact, ContactDistinction, DuplicatePair
from dott.modules.crm.tests.factories import ContactFactory, CustomerContactFactory, CustomerFactory
from dott.platform.jobs.testing import run_queued
from tests.round_trips import counted_round_trips

URL = "/api/crm/contact-duplicates/"
CANDIDATES, SCAN = f"{URL}candidates/", f"{URL}scan/"
DISTINCTIONS = "/api/crm/contact-distinctions/"
COMMITTED = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def people(in_tenant):
    """Two of one name at one customer; one with another's mailbox; two who share a telephone; one alone."""
    with in_tenant("alice"):
        acme = CustomerFactory(business_name="Acme")
        made = {
            "ada": ContactFactory(
                first_name="Ada", last_name="Byron", email="ada@acme.example", job_title="Countess"
            ),
            "adda": ContactFactory(first_name="Byron", last_name="Adda"),
            "countess": ContactFactory(first_name="Ada", last_name="Lovelace", email="ADA@acme.example"),
            "zed": ContactFactory(first_name="Zed", last_name="Quick", phone="+4989123456"),
            "yon": ContactFactory(first_name="Yon", last_name="Slow", phone="+4989123456"),
            "alone": ContactFactory(first_name="Han", last_name="Solo"),
        }
        for name in ("ada", "adda"):
            CustomerContactFactory(customer=acme, contact=made[name], is_primary=name == "ada")
        return made


def candidates(client, **query) -> dict[str, dict[str, int]]:
    response = client.get(CANDIDATES, query)
    assert response.status_code == 200, response.content
    return {
        one["display_name"]: {reason["code"]: reason["weight"] for reason in one["reasons"]}
        for one in response.json()["results"]
    }


def search(client) -> list[tuple[set[str], int]]:
    assert client.post(SCAN, {}).status_code == 202
    run_queued()
    return report(client)


def report(client) -> list[tuple[set[str], int]]:
    rows = client.get(URL).json()["results"]
    return [({row[side]["display_name"] for side in ("first", "second")}, row["score"]) for row in rows]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"first_name": "byron", "last_name": "ada"},
         {"Ada Byron": {"same_name": 40}, "Byron Adda": {"alike_name": 30}}),
        ({"first_name": "Han"}, {"Han Solo": {"name_begins": 15}}),
        ({"email": "Ada@Acme.example", "last_name": "Byron", "first_name": "Ada"},
         {"Ada Byron": {"email": 50, "same_name": 40}, "Byron Adda": {"alike_name": 30},
          "Ada Lovelace": {"email": 50, "other_name": -30}}),
        ({"phone": "+49 89 123456"}, {"Zed Quick": {"phone": 40}, "Yon Slow": {"phone": 40}}),
        # Who only shares a telephone with somebody is somebody else.
        ({"phone": "+49 89 123456", "last_name": "Brandt"}, {}),
        ({"last_name": "Nobody"}, {}),
        ({}, {}),
    ],
)  # fmt: skip
def test_what_is_typed_finds_the_contact_with_its_reasons(people, api_as, typed, found):
    assert candidates(api_as("vera"), **typed) == found
    assert candidates(api_as("bob"), **typed) == {}


def test_of_a_contact_that_is_there_its_customers_count(people, api_as):
    found = candidates(api_as("vera"), id=str(people["ada"].pk))
    assert found == {
        "Byron Adda": {"alike_name": 30, "customer": 20},
        "Ada Lovelace": {"email": 50, "other_name": -30},
    }


def test_what_a_candidate_says(people, api_as):
    (found,) = api_as("vera").get(CANDIDATES, {"email": "ada@acme.example", "first_name": "Ada",
                                               "last_name": "Byron"}).json()["results"][:1]  # fmt: skip
    assert {name: value for name, value in found.items() if name != "reasons"} == {
        "id": str(people["ada"].pk), "display_name": "Ada Byron", "job_title": "Countess",
        "email": "ada@acme.example", "phone": "", "customer": "Acme", "score": 90,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "name", "code"),
    [
        ({"id": "x"}, "id", "invalid"),
        ({"id": "00000000-0000-7000-8000-000000000000"}, "id", "does_not_exist"),
        ({"last_name": "x" * 101}, "last_name", "max_length"),
        ({"kind": "person"}, "kind", "unknown_parameter"),
    ],
)
def test_what_is_refused(api_as, query, name, code):
    response = api_as("alice").get(CANDIDATES, query)
    assert response.status_code == 400
    assert [(error["parameter"], error["code"]) for error in response.json()["errors"]] == [(name, code)]


@COMMITTED
def test_candidates_and_report_cost_the_same_for_few_and_for_many(people, api_as, in_tenant):
    vera = api_as("vera")
    costs = []
    for _ in range(2):
        vera.get(CANDIDATES, {"last_name": "Byron"})
        with counted_round_trips() as cost:
            vera.get(CANDIDATES, {"last_name": "Byron"})
            vera.get(URL)
        costs.append(cost.total)
        with in_tenant("alice"):
            ContactFactory.create_batch(30, first_name="Ada", last_name="Byron")
    assert costs[0] == costs[1]


@COMMITTED
def test_the_report_holds_contacts_and_leaves_customers_theirs(people, api_as, in_tenant):
    with in_tenant("alice"):
        CustomerFactory.create_batch(2, business_name="Twin")
    alice = api_as("alice")
    assert search(alice) == [({"Ada Byron", "Byron Adda"}, 50)]
    with in_tenant("alice"):
        assert not DuplicatePair.objects.exists()
    assert alice.get("/api/crm/duplicates/").json()["scan"] is None
    assert alice.post("/api/crm/duplicates/scan/", {}).status_code == 202
    run_queued()
    assert len(alice.get("/api/crm/duplicates/").json()["results"]) == 1
    assert report(alice) == [({"Ada Byron", "Byron Adda"}, 50)]
    assert report(api_as("bob")) == []


@COMMITTED
def test_not_a_duplicate_is_remembered_moves_with_a_merge_and_is_undone(people, api_as, in_tenant):
    alice = api_as("alice")
    ada, adda, countess = (people[name] for name in ("ada", "adda", "countess"))
    body = {"first": str(adda.pk), "second": str(ada.pk)}
    said = api_as("mia").post(DISTINCTIONS, body)
    assert (said.status_code, said.json()["first_name"]) == (201, "Ada Byron")
    assert api_as("vera").post(DISTINCTIONS, body).status_code == 403
    assert alice.post(DISTINCTIONS, body).json()["code"] == "contact_distinction_once"
    assert search(alice) == []
    assert "Byron Adda" not in candidates(alice, id=str(ada.pk))

    merged = {"losers": [str(ada.pk)], "dry_run": True}
    address = f"/api/crm/contacts/{adda.pk}/merge/"
    assert alice.post(address, merged).json()["warnings"] == ["said_apart"]
    address = f"/api/crm/contacts/{countess.pk}/merge/"
    done = alice.post(address, {**merged, "dry_run": False}, HTTP_IF_MATCH="*")
    assert (done.status_code, done.json()["warnings"]) == (200, [])
    with in_tenant("alice"):
        (one,) = ContactDistinction.objects.all()
        assert {one.first_id, one.second_id} == {adda.pk, countess.pk}
    undone = alice.post(f"/api/changes/{done.json()['change_set']}/undo/", {})
    assert undone.status_code == 201, undone.content
    with in_tenant("alice"):
        (one,) = ContactDistinction.objects.all()
        assert {one.first_id, one.second_id} == {ada.pk, adda.pk}
        assert Contact.objects.get(pk=ada.pk).deleted_at is None
    assert alice.delete(f"{DISTINCTIONS}{one.pk}/", HTTP_IF_MATCH="*").status_code == 204
    assert search(alice) == [({"Ada Byron", "Byron Adda"}, 50)]
