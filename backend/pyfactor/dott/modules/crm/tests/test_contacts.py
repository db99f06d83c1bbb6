"""Contacts over HTTP: create (with a customer), change, trash, search, phone numbers, history."""

from uuid import uuid4

import pytest

from dott.modules.crm.models import Contact, CustomerContact
from dott.modules.crm.tests.factories import (
    ContactFactory,
    CustomerContactFactory,
    CustomerFactory,
    TagFactory,
)
from dott.platform.history.models import Change, ChangeSet
from dott.platform.identity.models import Tenant

URL = "/api/crm/contacts/"


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def mill(in_tenant):
    with in_tenant("alice"):
        return CustomerFactory(business_name="Old Mill", billing_country="DE")


@pytest.fixture
def ada(in_tenant):
    with in_tenant("alice"):
        return ContactFactory(first_name="Ada", last_name="Løve", email="Ada@Example.com")


def address(contact: Contact, tail: str = "") -> str:
    return f"{URL}{contact.pk}/{tail}"


def errors_of(response) -> set[tuple[str, str]]:
    assert response.status_code == 400, response.content
    return {(error["pointer"], error["code"]) for error in response.json()["errors"]}


def test_create_answers_with_the_whole_contact(alice, world):
    response = alice.post(URL, {"first_name": "Ada", "last_name": "Løve", "job_title": "Buyer"})
    assert response.status_code == 201
    body = response.json()
    assert response["Location"] == f"{URL}{body['id']}/"
    assert (body["display_name"], body["job_title"], body["tags"]) == ("Ada Løve", "Buyer", [])
    assert (body["version"], body["deleted_at"]) == (1, None)
    assert "customer" not in body
    assert alice.get(f"{URL}{body['id']}/").json() == body


def test_a_contact_needs_a_name(alice, ada):
    assert errors_of(alice.post(URL, {"email": "a@b.example"})) == {
        ("/first_name", "contact_has_a_name"),
        ("/last_name", "contact_has_a_name"),
    }
    response = alice.patch(address(ada), {"first_name": "", "last_name": ""}, HTTP_IF_MATCH="*")
    assert ("/last_name", "contact_has_a_name") in errors_of(response)


def test_a_contact_comes_with_its_customer_in_one_change_set(alice, in_tenant, mill):
    body = {"last_name": "Loewe", "customer": str(mill.pk), "role": "billing", "is_primary": True}
    response = alice.post(URL, body)
    assert response.status_code == 201, response.content
    with in_tenant("alice"):
        link = CustomerContact.objects.get()
        assert (link.customer_id, str(link.contact_id)) == (mill.pk, response.json()["id"])
        assert (link.role, link.is_primary) == ("billing", True)
        (change_set,) = ChangeSet.objects.all()
        changes = Change.objects.filter(change_set=change_set).order_by("id")
        assert [(change.entity, change.operation) for change in changes] == [
            ("crm.contact", "create"),
            ("crm.customercontact", "create"),
        ]


def test_a_new_primary_contact_takes_the_place_of_the_old_one(alice, in_tenant, mill):
    with in_tenant("alice"):
        old = CustomerContactFactory(customer=mill, is_primary=True)
    body = {"last_name": "Loewe", "customer": str(mill.pk), "is_primary": True}
    assert alice.post(URL, body).status_code == 201
    with in_tenant("alice"):
        old.refresh_from_db()
        assert (old.is_primary, old.version) == (False, 2)
        (change_set,) = ChangeSet.objects.all()
        told = Change.objects.get(change_set=change_set, record_id=old.pk)
        assert (told.before, told.after) == ({"is_primary": True}, {"is_primary": False})


def test_role_and_primacy_need_a_customer_and_belong_to_creation(alice, ada, mill):
    assert errors_of(alice.post(URL, {"last_name": "A", "role": "billing"})) == {("/customer", "required")}
    response = alice.patch(address(ada), {"customer": str(mill.pk)}, HTTP_IF_MATCH="*")
    assert errors_of(response) == {("/customer", "only_when_new")}


def test_a_trashed_customer_gets_no_contact(alice, in_tenant, mill):
    assert alice.delete(f"/api/crm/customers/{mill.pk}/", HTTP_IF_MATCH="*").status_code == 204
    response = alice.post(URL, {"last_name": "A", "customer": str(mill.pk)})
    assert errors_of(response) == {("/customer", "in_trash")}
    with in_tenant("alice"):
        assert not Contact.objects.exists()


def test_put_replaces(alice, ada):
    response = alice.put(address(ada), {"last_name": "King"}, HTTP_IF_MATCH='"1"')
    assert response.status_code == 200, response.content
    body = response.json()
    assert (body["first_name"], body["last_name"], body["email"]) == ("", "King", "")


def test_a_stale_version_is_refused(alice, ada):
    assert alice.patch(address(ada), {"job_title": "A"}, HTTP_IF_MATCH='"1"').status_code == 200
    response = alice.patch(address(ada), {"job_title": "B"}, HTTP_IF_MATCH='"1"')
    assert (response.status_code, response.json()["current_version"]) == (412, 2)


def test_trash_and_restore(alice, ada):
    assert alice.delete(address(ada), HTTP_IF_MATCH='"1"').status_code == 204
    assert alice.get(URL).json()["results"] == []
    assert [row["id"] for row in alice.get(f"{URL}?trashed=true").json()["results"]] == [str(ada.pk)]
    restored = alice.post(address(ada, "restore/"))
    assert (restored.status_code, restored.json()["deleted_at"]) == (200, None)


@pytest.mark.parametrize("text", ["love", "Ada LØVE", "example.com", "ada@ex"])
def test_search_finds_by_parts_of_name_and_address(alice, ada, text):
    assert [row["id"] for row in alice.get(URL, {"q": text}).json()["results"]] == [str(ada.pk)]
    assert alice.get(URL, {"q": "nobody"}).json()["results"] == []


def test_filters_by_customer_tag_and_address(alice, in_tenant, ada, mill):
    with in_tenant("alice"):
        ContactFactory(last_name="Other")
        CustomerContactFactory(customer=mill, contact=ada)
        tag = TagFactory()
    response = alice.patch(address(ada), {"tags": [str(tag.pk)]}, HTTP_IF_MATCH="*")
    assert response.json()["tags"] == [str(tag.pk)]
    for query in (
        {"customer": mill.pk},
        {"tag": tag.pk},
        {"tag__in": f"{uuid4()},{tag.pk}"},
        {"email": "ADA@example.COM"},
    ):
        body = alice.get(URL, query | {"count": "exact"}).json()
        assert ([row["id"] for row in body["results"]], body["count"]) == ([str(ada.pk)], 1), query
    assert alice.get(URL, {"customer": uuid4()}).json()["results"] == []
    assert alice.get(URL, {"tag__in": ",".join([str(uuid4())] * 101)}).json()["code"] == "too_many_values"


# --- phone numbers -----------------------------------------------------------------------------------


def test_a_local_number_is_read_in_the_customers_country(alice, mill):
    body = {"last_name": "A", "phone": "089 1234567", "customer": str(mill.pk)}
    assert alice.post(URL, body).json()["phone"] == "+49891234567"


def test_a_local_number_is_read_in_the_country_of_the_primary_customer(alice, in_tenant, ada, mill):
    with in_tenant("alice"):
        CustomerContactFactory(contact=ada, customer__billing_country="FR")
        CustomerContactFactory(contact=ada, customer=mill, is_primary=True)
    response = alice.patch(address(ada), {"phone": "089 1234567"}, HTTP_IF_MATCH="*")
    assert response.json()["phone"] == "+49891234567"


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_without_a_customer_the_business_says_the_country(alice, world):
    Tenant.objects.using("auth").filter(id=world.bakery).update(country="AT")
    assert alice.post(URL, {"last_name": "A", "phone": "01 58858"}).json()["phone"] == "+43158858"
    Tenant.objects.using("auth").filter(id=world.bakery).update(country="")
    response = alice.post(URL, {"last_name": "A", "phone": "01 58858"})
    assert errors_of(response) == {("/phone", "phone_without_country")}
    assert alice.post(URL, {"last_name": "A", "phone": "+43 1 58858"}).json()["phone"] == "+43158858"
