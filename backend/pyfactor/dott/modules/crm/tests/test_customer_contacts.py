"""Links between customers and contacts: one primary at most, whoever asks when."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from dott.modules.crm.models import CustomerContact
from dott.modules.crm.tests.factories import ContactFactory, CustomerContactFactory, CustomerFactory
from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.undo import undo

URL = "/api/crm/customer-contacts/"


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def mill(in_tenant):
    with in_tenant("alice"):
        return CustomerFactory(business_name="Old Mill")


def link_of(alice, customer, contact, **more):
    return alice.post(URL, {"customer": str(customer.pk), "contact": str(contact.pk), **more})


def test_a_link_shows_both_ends(alice, in_tenant, mill):
    with in_tenant("alice"):
        ada = ContactFactory(first_name="Ada", last_name="Love", job_title="Buyer", phone="+49891234567")
    response = link_of(alice, mill, ada, role="decision_maker")
    assert response.status_code == 201, response.content
    body = response.json()
    assert (body["customer_name"], body["contact_name"]) == ("Old Mill", "Ada Love")
    assert (body["contact_job_title"], body["contact_phone"]) == ("Buyer", "+49891234567")
    assert (body["role"], body["is_primary"], body["contact_deleted_at"]) == ("decision_maker", False, None)
    assert alice.get(f"{URL}{body['id']}/").json() == body
    assert alice.get(URL, {"customer": mill.pk}).json()["results"] == [body]
    assert alice.get(URL, {"contact__in": ada.pk}).json()["results"] == [body]


def test_two_records_are_linked_once(alice, in_tenant, mill):
    with in_tenant("alice"):
        ada = ContactFactory()
    assert link_of(alice, mill, ada).status_code == 201
    again = link_of(alice, mill, ada)
    assert (again.status_code, again.json()["code"]) == (409, "customer_contact_links_once")


def test_making_one_primary_unmakes_the_other_in_the_same_change_set(alice, in_tenant, mill):
    with in_tenant("alice"):
        first = CustomerContactFactory(customer=mill, is_primary=True)
        second = CustomerContactFactory(customer=mill)
        elsewhere = CustomerContactFactory(is_primary=True)
    response = alice.patch(f"{URL}{second.pk}/", {"is_primary": True}, HTTP_IF_MATCH='"1"')
    assert (response.status_code, response["ETag"]) == (200, '"2"')
    with in_tenant("alice"):
        primary = CustomerContact.objects.filter(is_primary=True).order_by("pk")
        assert {link.pk for link in primary} == {second.pk, elsewhere.pk}
        (change_set,) = ChangeSet.objects.all()
        changes = Change.objects.filter(change_set=change_set).order_by("id")
        assert [(change.record_id, change.after) for change in changes] == [
            (first.pk, {"is_primary": False}),
            (second.pk, {"is_primary": True}),
        ]


def test_nothing_is_written_without_a_difference(alice, in_tenant, mill):
    with in_tenant("alice"):
        link = CustomerContactFactory(customer=mill, is_primary=True)
    response = alice.patch(f"{URL}{link.pk}/", {"is_primary": True}, HTTP_IF_MATCH='"1"')
    assert (response.status_code, response["ETag"]) == (200, '"1"')
    with in_tenant("alice"):
        assert not ChangeSet.objects.exists()


def test_a_link_keeps_its_ends(alice, in_tenant, mill):
    with in_tenant("alice"):
        link, other = CustomerContactFactory(customer=mill), CustomerFactory()
    response = alice.patch(f"{URL}{link.pk}/", {"customer": str(other.pk)}, HTTP_IF_MATCH="*")
    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [
        ("/customer", "fixed")
    ]


def test_what_is_in_the_trash_gets_no_new_link_and_says_so_in_an_old_one(alice, in_tenant, mill):
    with in_tenant("alice"):
        ada, eve = ContactFactory(), ContactFactory()
    assert link_of(alice, mill, ada).status_code == 201
    for contact in (ada, eve):
        assert alice.delete(f"/api/crm/contacts/{contact.pk}/", HTTP_IF_MATCH="*").status_code == 204
    (row,) = alice.get(URL, {"customer": mill.pk}).json()["results"]
    assert row["contact_deleted_at"] is not None
    assert row["customer_deleted_at"] is None
    assert link_of(alice, mill, eve).json()["errors"][0]["code"] == "in_trash"


def test_unlinking_is_told(alice, in_tenant, mill):
    with in_tenant("alice"):
        link = CustomerContactFactory(customer=mill, role="billing")
    assert alice.delete(f"{URL}{link.pk}/", HTTP_IF_MATCH="*").status_code == 204
    with in_tenant("alice"):
        change = Change.objects.get()
        assert (change.operation, change.before["role"]) == ("delete", "billing")


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_many_who_make_a_primary_contact_at_once_leave_one(api_as, in_tenant):
    with in_tenant("alice"):
        mill = CustomerFactory()
        links = [CustomerContactFactory(customer=mill) for _ in range(6)]
    clients = [api_as("alice") for _ in links]

    def make(client, link) -> int:
        try:
            body = {"is_primary": True}
            return client.patch(f"{URL}{link.pk}/", body, HTTP_IF_MATCH="*").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(links)) as pool:
        statuses = list(pool.map(make, clients, links))
    assert statuses == [200] * len(links)
    with in_tenant("alice"):
        assert CustomerContact.objects.filter(is_primary=True).count() == 1


def test_an_undone_change_of_the_primary_contact_makes_the_old_one_primary_again(alice, in_tenant, mill):
    with in_tenant("alice"):
        first = CustomerContactFactory(customer=mill, is_primary=True)
        second = CustomerContactFactory(customer=mill)
    for new, old in ((second, first), (first, second)):
        alice.patch(f"{URL}{new.pk}/", {"is_primary": True}, HTTP_IF_MATCH="*")
        with in_tenant("alice") as context:
            undo(change_set=ChangeSet.objects.order_by("-id")[0], actor=context)
            assert [link.pk for link in CustomerContact.objects.filter(is_primary=True)] == [old.pk]
            CustomerContact.objects.filter(pk=old.pk).update(is_primary=False)
            CustomerContact.objects.filter(pk=new.pk).update(is_primary=True)


def test_an_undone_new_primary_contact_leaves_the_old_one_primary(alice, in_tenant, mill):
    with in_tenant("alice"):
        old = CustomerContactFactory(customer=mill, is_primary=True)
    body = {"last_name": "New", "customer": str(mill.pk), "is_primary": True}
    assert alice.post("/api/crm/contacts/", body).status_code == 201
    with in_tenant("alice") as context:
        undo(change_set=ChangeSet.objects.get(), actor=context)
        link = CustomerContact.objects.get()
        assert (link.pk, link.is_primary) == (old.pk, True)
