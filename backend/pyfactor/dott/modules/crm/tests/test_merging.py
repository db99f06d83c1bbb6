"""Merging: what the survivor becomes, what moves, what is refused, and that all of it can be undone."""

from uuid import uuid4

import pytest

from dott.modules.crm.actions.merging import children_of, rules_of
from dott.modules.crm.models import (
    Contact,
    ContactDistinction,
    ContactPair,
    ContactTag,
    Customer,
    CustomerContact,
    CustomerTag,
    Distinction,
    DuplicatePair,
)
from dott.modules.crm.tests.factories import (
    ActivityFactory,
    ContactFactory,
    CustomerContactFactory,
    CustomerFactory,
    DealFactory,
    TagFactory,
)
from dott.platform.history.models import ChangeSet
from dott.platform.history.snapshot import snapshot
from dott.platform.history.undo import undo
from dott.platform.tenancy.models import TrackedModel

URL = "/api/crm/customers/"


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def acme(in_tenant):
    with in_tenant("alice"):
        return CustomerFactory(business_name="Acme", email="info@acme.example")


@pytest.fixture
def double(in_tenant):
    with in_tenant("alice"):
        return CustomerFactory(
            business_name="ACME Ltd", email="office@acme.example", phone="+49891234567", external_id="X-1"
        )


def merge(alice, survivor, *losers, path: str = URL, **body):
    return alice.post(
        f"{path}{survivor.pk}/merge/",
        {"losers": [str(one.pk) for one in losers], **body},
        HTTP_IF_MATCH="*",
    )


def everything() -> dict:
    """All that is in use or not, without what counts up."""
    models = [Customer, Contact, *(child.model for child in children_of(Customer))]
    return {
        (model, row.pk): {name: value for name, value in snapshot(row).items() if name != "deleted_by"}
        for model in models
        for row in model.objects.all()
    }


def test_the_survivor_takes_what_it_lacks_and_what_is_chosen(alice, in_tenant, acme, double):
    response = merge(alice, acme, double, choices={"business_name": str(double.pk)})
    assert response.status_code == 200, response.content
    record = response.json()["record"]
    assert (record["id"], record["business_name"]) == (str(acme.pk), "ACME Ltd")
    assert (record["email"], record["phone"]) == ("info@acme.example", "+49891234567")
    assert (record["external_id"], record["version"]) == ("X-1", 2)
    assert response["ETag"] == '"2"'
    assert alice.get(f"{URL}{acme.pk}/").json() == record
    assert alice.get(f"{URL}{double.pk}/").json()["deleted_at"] is not None


def test_what_belongs_to_the_losers_moves(alice, in_tenant, acme, double):
    with in_tenant("alice"):
        shared = ContactFactory()
        CustomerContactFactory(customer=acme, contact=shared, is_primary=True)
        CustomerContactFactory(customer=double, contact=shared)
        CustomerContactFactory(customer=double, is_primary=True)
        deal, activity = DealFactory(customer=double), ActivityFactory(customer=double)
        red, green = TagFactory(), TagFactory()
    alice.patch(f"{URL}{acme.pk}/", {"tags": [str(red.pk)]}, HTTP_IF_MATCH="*")
    alice.patch(f"{URL}{double.pk}/", {"tags": [str(green.pk), str(red.pk)]}, HTTP_IF_MATCH="*")
    body = merge(alice, acme, double).json()
    assert body["moved"] == {"contact_links": 1, "deals": 1, "activities": 1}
    assert body["dropped"] == {"contact_links": 1}
    assert body["record"]["tags"] == [str(red.pk), str(green.pk)]
    with in_tenant("alice"):
        for row in (deal, activity):
            row.refresh_from_db()
            assert (row.customer_id, row.version) == (acme.pk, 2)
        links = CustomerContact.objects.filter(customer=acme)
        assert links.count() == 2
        assert [link.contact_id for link in links if link.is_primary] == [shared.pk]
        assert not CustomerContact.objects.filter(customer=double).exists()
    assert len(alice.get(URL, {"tag": green.pk}).json()["results"]) == 1


def test_a_dry_run_says_exactly_what_would_be_and_writes_nothing(alice, in_tenant, acme, double):
    with in_tenant("alice"):
        DealFactory(customer=double)
        before = everything()
    dry = merge(alice, acme, double, dry_run=True)
    assert (dry.status_code, dry.json()["change_set"]) == (200, None)
    assert "Dott-Change-Set" not in dry
    with in_tenant("alice"):
        assert everything() == before
        assert not ChangeSet.objects.exists()
    real = merge(alice, acme, double).json()
    fleeting = {"change_set": None, "record": {"updated_at": ""}}
    for body in (expected := dry.json(), real):
        body["record"] |= fleeting["record"]
        body["change_set"] = None
    assert real == expected


def test_a_merge_is_undone_as_a_whole(alice, in_tenant, acme, double):
    with in_tenant("alice"):
        shared = ContactFactory()
        CustomerContactFactory(customer=acme, contact=shared, is_primary=True)
        CustomerContactFactory(customer=double, contact=shared, is_primary=True)
        CustomerContactFactory(customer=double)
        DealFactory(customer=double)
        before = everything()
    response = merge(alice, acme, double, choices={"business_name": str(double.pk)})
    with in_tenant("alice") as context:
        (change_set,) = ChangeSet.objects.all()
        assert str(change_set.pk) == response.json()["change_set"]
        undo(change_set=change_set, actor=context)
        assert everything() == before


def test_contacts_merge_alike(alice, in_tenant, acme):
    with in_tenant("alice"):
        ada, eda = ContactFactory(first_name="Ada"), ContactFactory(job_title="Buyer")
        CustomerContactFactory(customer=acme, contact=eda, is_primary=True)
        deal = DealFactory(customer=acme, contact=eda)
    body = merge(alice, ada, eda, path="/api/crm/contacts/").json()
    assert (body["record"]["job_title"], body["moved"]) == ("Buyer", {"customer_links": 1, "deals": 1})
    with in_tenant("alice"):
        deal.refresh_from_db()
        assert deal.contact_id == ada.pk
        assert CustomerContact.objects.get().contact_id == ada.pk


def test_what_is_changed_or_trashed_is_not_merged(alice, in_tenant, acme, double):
    stale = merge(alice, acme, double, versions={str(double.pk): 7})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    response = alice.post(f"{URL}{acme.pk}/merge/", {"losers": [str(double.pk)]}, HTTP_IF_MATCH='"7"')
    assert response.status_code == 412
    assert alice.post(f"{URL}{acme.pk}/merge/", {"losers": [str(double.pk)]}).status_code == 428
    alice.delete(f"{URL}{double.pk}/", HTTP_IF_MATCH="*")
    for survivor, loser in ((acme, double), (double, acme)):
        refused = merge(alice, survivor, loser)
        assert (refused.status_code, refused.json()["code"]) == (409, "in_trash")


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"losers": []}, "/losers", "min_length"),
        ({"losers": [str(uuid4())]}, "/losers/0", "does_not_exist"),
        ({"losers": ["{double}", "{double}"]}, "/losers/1", "named_twice"),
        ({"losers": ["{acme}"]}, "/losers/0", "named_twice"),
        ({"losers": [str(uuid4()) for _ in range(5)]}, "/losers", "max_length"),
        ({"losers": ["{double}"], "choices": {"id": "{double}"}}, "/choices/id", "unknown_field"),
        ({"losers": ["{double}"], "choices": {"email": str(uuid4())}}, "/choices/email", "not_merged"),
    ],
    ids=str,
)
def test_bad_input_is_named(alice, acme, double, body, pointer, code):
    def fill(value):
        if isinstance(value, str):
            return value.replace("{acme}", str(acme.pk)).replace("{double}", str(double.pk))
        if isinstance(value, list):
            return [fill(one) for one in value]
        return {name: fill(one) for name, one in value.items()}

    response = alice.post(f"{URL}{acme.pk}/merge/", fill(body), HTTP_IF_MATCH="*")
    assert response.status_code == 400, response.content
    assert (pointer, code) in {(error["pointer"], error["code"]) for error in response.json()["errors"]}


@pytest.mark.parametrize("model", [Customer, Contact])
def test_every_table_that_refers_to_a_record_is_moved_with_its_unique_rules_kept(model):
    """A table that comes later is moved too; this fails when nobody knows how."""
    children = children_of(model)
    assert {child.name for child in children} >= {"activities", "deals"}
    left = {relation.related_model for relation in model._meta.related_objects}
    left -= {child.model for child in children}
    # Tags follow the records, distinctions have a way of their own, pairs are worked out anew.
    assert left <= {CustomerTag, ContactTag, Distinction, ContactDistinction, DuplicatePair, ContactPair}
    for child in children:
        assert issubclass(child.model, TrackedModel), f"{child.model} moves without a history"
        assert isinstance(list(rules_of(child)), list)
