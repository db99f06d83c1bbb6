"""The timeline: activities and changes of a record, newest first, page by page."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from dott.modules.crm.tests.factories import ActivityFactory, ContactFactory, CustomerFactory, DealFactory

URL = "/api/crm/timeline/"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def customer(in_tenant):
    with in_tenant("alice"):
        return CustomerFactory(business_name="Old Mill")


def entries(client, query):
    body = client.get(f"{URL}?{query}").json()
    return [
        entry["activity"]["subject"] if entry["activity"] else entry["change"]["operation"]
        for entry in body["results"]
    ]


def done(customer, subject, at, **values):
    return ActivityFactory(customer=customer, subject=subject, status="done", completed_at=at, **values)


def test_activities_and_changes_are_joined_newest_first(alice, in_tenant):
    body = {"business_name": "Old Mill"}
    customer = alice.post("/api/crm/customers/", body).json()
    alice.patch(f"/api/crm/customers/{customer['id']}/", {"stage": "lead"}, headers={"If-Match": "*"})
    with in_tenant("alice"):
        ActivityFactory(customer_id=customer["id"], customer=None, subject="last", status="done",
                        completed_at=datetime.now(UTC) + timedelta(minutes=1))  # fmt: skip
        ActivityFactory(customer_id=customer["id"], customer=None, subject="first", status="done",
                        completed_at=NOON - timedelta(days=900))  # fmt: skip
    page = alice.get(f"{URL}?customer={customer['id']}").json()
    told = [entry["activity"] and entry["activity"]["subject"] for entry in page["results"]]
    assert (told, page["next"]) == (["last", None, None, "first"], None)
    change = page["results"][1]["change"]
    assert (change["before"], change["after"]) == ({"stage": "customer"}, {"stage": "lead"})
    assert (change["operation"], change["actor_name"], change["entity"]) == (
        "update", "Alice", "crm.customer",
    )  # fmt: skip


def test_pages_neither_repeat_nor_skip(alice, customer, in_tenant):
    with in_tenant("alice"):
        for number in range(7):
            # Two at a time: the id decides between them.
            done(customer, f"{number}", NOON + timedelta(hours=number // 2))
    seen, url = [], f"{URL}?customer={customer.pk}&limit=3"
    while url:
        page = alice.get(url).json()
        seen += [entry["activity"]["subject"] for entry in page["results"]]
        url = page["next"]
    assert seen == ["6", "5", "4", "3", "2", "1", "0"]


def test_kinds_narrow_it(alice, customer, in_tenant):
    alice.patch(f"/api/crm/customers/{customer.pk}/", {"stage": "lead"}, headers={"If-Match": "*"})
    with in_tenant("alice"):
        done(customer, "called", NOON, kind="call")
        done(customer, "wrote", NOON + timedelta(hours=1), kind="email")
    assert entries(alice, f"customer={customer.pk}&kinds=call") == ["called"]
    assert entries(alice, f"customer={customer.pk}&kinds=change") == ["update"]
    assert entries(alice, f"customer={customer.pk}&kinds=email,call") == ["wrote", "called"]


def test_a_customer_s_timeline_holds_its_deals_once(alice, in_tenant):
    with in_tenant("alice"):
        deal = DealFactory()
        done(None, "of the deal", NOON, deal=deal)
        done(deal.customer, "of both", NOON + timedelta(hours=1), deal=deal)
        done(CustomerFactory(), "of another", NOON)
    assert entries(alice, f"customer={deal.customer_id}") == ["of both", "of the deal"]
    assert entries(alice, f"deal={deal.pk}") == ["of both", "of the deal"]


def test_a_contact_has_one_and_what_is_trashed_is_in_none(alice, in_tenant):
    with in_tenant("alice"):
        contact = ContactFactory()
        done(None, "kept", NOON, contact=contact)
        done(None, "trashed", NOON, contact=contact, deleted_at=NOON)
    assert entries(alice, f"contact={contact.pk}") == ["kept"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "one_subject"),
        (f"customer={uuid4()}&deal={uuid4()}", "one_subject"),
        ("customer=north", "invalid"),
        (f"customer={uuid4()}&kinds=party", "invalid_choice"),
        (f"customer={uuid4()}&limit=0", "invalid_limit"),
        (f"customer={uuid4()}&cursor=abc", "invalid_cursor"),
        (f"customer={uuid4()}&page=2", "unknown_parameter"),
    ],
)
def test_what_cannot_be_asked_is_refused(alice, query, code):
    response = alice.get(f"{URL}?{query}")
    assert (response.status_code, response.json()["code"]) == (400, code)


def test_a_foreign_record_is_as_unknown_as_a_random_one(alice, in_tenant):
    with in_tenant("bob"):
        foreign = CustomerFactory()
        done(foreign, "secret", NOON)
    answers = [alice.get(f"{URL}?customer={id_}") for id_ in (foreign.pk, uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]


@time_machine.travel(NOON, tick=False)
def test_a_cursor_holds_for_its_own_record_only(alice, customer, in_tenant):
    with in_tenant("alice"):
        other = CustomerFactory()
        for number in range(3):
            done(customer, f"{number}", NOON)
    cursor = alice.get(f"{URL}?customer={customer.pk}&limit=1").json()["next"].partition("cursor=")[2]
    response = alice.get(f"{URL}?customer={other.pk}&limit=1&cursor={cursor}")
    assert response.json()["code"] == "invalid_cursor"
