"""Tracked writes, with the customer as the example of a tracked record."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dott.modules.crm.models import Customer, Deal
from dott.platform.history import tracked
from dott.platform.history.insert import insertion_of
from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.tracked import StaleRecord, change_record, create_record


@dataclass(frozen=True)
class Member:
    membership_id: UUID


@pytest.fixture
def mia(world) -> Member:
    return Member(world["mia"].membership_id)


def test_creating_writes_the_record_and_what_it_holds(in_tenant, mia):
    with in_tenant("mia"), CaptureQueriesContext(connection) as queries:
        customer = create_record(Customer(business_name="Müller"), actor=mia, reason="Why not")
    assert len([q for q in queries if q["sql"].startswith(("INSERT", "\nWITH"))]) == 1
    assert (customer.version, customer.number, customer.display_name) == (1, 1, "Müller")
    with in_tenant("mia"):
        change = Change.objects.select_related("change_set").get()
    assert change.change_set.reason == "Why not"
    assert change.change_set.actor_id == customer.created_by_id == mia.membership_id
    assert (change.entity, change.record_id, change.operation) == ("crm.customer", customer.pk, "create")
    assert change.before == {}
    assert change.after == {
        "number": 1, "kind": "business", "business_name": "Müller", "stage": "customer", "status": "active",
    }  # fmt: skip


def test_what_is_no_number_comes_into_history_after_the_record(in_tenant, mia, monkeypatch):
    """As a deal does whose stage begins now: PostgreSQL and Python do not write instants alike."""
    with in_tenant("mia"):
        assert tracked._numbers_of(insertion_of(Customer(business_name="x"))) == ["number"]
        assert tracked._numbers_of(insertion_of(Deal(name="x"))) is None
        monkeypatch.setattr(tracked, "_numbers_of", lambda _: None)
        with CaptureQueriesContext(connection) as queries:
            customer = create_record(Customer(business_name="Müller"), actor=mia)
        assert len([q for q in queries if q["sql"].startswith(("INSERT", "\nWITH"))]) == 2
        change = Change.objects.get()
    assert (change.record_id, change.after["number"]) == (customer.pk, customer.number)


def test_changing_records_only_what_differs(in_tenant, mia):
    with in_tenant("alice"):
        customer = Customer.objects.create(business_name="Old", email="a@example.com")
        before = customer.updated_at
        with CaptureQueriesContext(connection) as queries:
            change_record(customer, {"business_name": "New", "email": "a@example.com"}, actor=mia)
        assert len(queries) == 1
        assert (customer.version, customer.display_name, customer.name_key) == (2, "New", "new")
        stored = Customer.objects.get(pk=customer.pk)
        assert (stored.business_name, stored.version, stored.updated_by_id) == ("New", 2, mia.membership_id)
        assert stored.updated_at > before
        change = Change.objects.get()
        assert (change.before, change.after) == ({"business_name": "Old"}, {"business_name": "New"})


def test_changing_nothing_writes_nothing(in_tenant, mia):
    with in_tenant("alice"):
        customer = Customer.objects.create(business_name="Same")
        with CaptureQueriesContext(connection) as queries:
            change_record(customer, {"business_name": "Same"}, actor=mia)
        assert len(queries) == 0
        assert customer.version == 1
        assert ChangeSet.objects.count() == 0


def test_a_record_that_was_changed_meanwhile_is_not_overwritten(in_tenant, mia):
    with in_tenant("alice"):
        mine = Customer.objects.create(business_name="First")
        theirs = Customer.objects.get(pk=mine.pk)
        change_record(theirs, {"business_name": "Theirs"}, actor=mia)
        with pytest.raises(StaleRecord) as stale:
            change_record(mine, {"business_name": "Mine"}, actor=mia)
        assert stale.value.version == 2
        assert Customer.objects.get(pk=mine.pk).business_name == "Theirs"
        assert Change.objects.count() == 1


def test_a_record_that_is_gone_is_stale_without_a_version(in_tenant, mia):
    with in_tenant("alice"):
        customer = Customer.objects.create(business_name="Gone")
        Customer.objects.filter(pk=customer.pk).delete()
        with pytest.raises(StaleRecord) as stale:
            change_record(customer, {"business_name": "Ghost"}, actor=mia)
        assert stale.value.version is None
        assert ChangeSet.objects.count() == 0


def test_a_deferred_field_is_neither_read_nor_recorded(in_tenant, mia):
    with in_tenant("alice"):
        Customer.objects.create(business_name="Big", notes="long")
        customer = Customer.objects.defer("notes").get()
        with CaptureQueriesContext(connection) as queries:
            change_record(customer, {"business_name": "Bigger"}, actor=mia)
        assert len(queries) == 1
        assert Customer.objects.get().notes == "long"
