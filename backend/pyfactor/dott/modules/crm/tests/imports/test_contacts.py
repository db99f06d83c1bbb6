"""Contacts come in like customers, each perhaps with a place at one that is here already."""

import pytest

from dott.modules.crm.models import Contact, Customer, CustomerContact, CustomField, Deal
from dott.modules.crm.tests.factories import (
    ContactFactory,
    CustomerContactFactory,
    CustomerFactory,
    CustomFieldFactory,
    DealFactory,
)
from dott.modules.crm.tests.imports.flow import DATA, UNCOMPARED
from dott.platform.history.models import Change

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

FILES = DATA / "layouts"
COMPANIES = {
    "hubspot-contacts": [("Alfreds Futterkiste", "9183745021")],
    "salesforce-contacts": [("Burlington Textiles", "0015g00000XyZ12AAB")],
    "pipedrive-people": [("Ernst Handel", "14")],
    "zoho-contacts": [("Blondesddsl père et fils", "")],
}


@pytest.fixture
def acme(in_tenant):
    with in_tenant("alice"):
        return CustomerFactory.create(business_name="Acme Tools", external_id="A-1")


def people(alice):
    with alice.enter():
        return {row["external_id"] or row["display_name"]: dict(row) for row in Contact.objects.values()}


def places(alice):
    with alice.enter():
        links = CustomerContact.objects.values_list("contact__display_name", "customer__display_name", "role")
        return sorted(links)


def kept(state):
    return {key: {n: v for n, v in row.items() if n not in UNCOMPARED} for key, row in state.items()}


@pytest.mark.parametrize("name", COMPANIES)
def test_a_known_export_comes_in_with_its_places(alice, in_tenant, name):
    with in_tenant("alice"):
        for company, external_id in COMPANIES[name]:
            CustomerFactory.create(business_name=company, external_id=external_id)
    content = (FILES / f"{name}.csv").read_bytes()
    job = alice.validate(alice.upload(content, entity=None))
    assert (job.entity, job.counts["error"]) == ("contact", 0), alice.rows(job.id, action="error")[0].errors
    job = alice.apply(job.id)
    assert job.counts["create"] == len(people(alice))
    assert {customer for _, customer, _ in places(alice)} == {COMPANIES[name][0][0]}
    again = alice.validate(alice.upload(content, entity=None))
    assert again.counts["unchanged"] == job.counts["create"], alice.rows(again.id)[0].after
    assert again.mapped_like["id"] == str(job.id)


@pytest.mark.parametrize(
    ("header", "cell"),
    [("Company", "ACME tools"), ("Customer number", "C-000001"), ("Customer number", "1"),
     ("Customer external id", "A-1")],
)  # fmt: skip
def test_the_customer_is_found_by_name_number_or_external_id(alice, acme, header, cell):
    alice.bring_in(f"First name,Last name,{header},Role\nAda,Byron,{cell},Decision maker\n", entity="contact")
    assert places(alice) == [("Ada Byron", "Acme Tools", "decision_maker")]


def test_a_customer_that_is_not_there_is_an_error_of_its_column(alice, acme):
    job = alice.validate(
        alice.upload(
            "First name,Last name,Company\nAda,Byron,Acme\nBob,Tu,Acme Tools\nCy,Wu,\n", entity="contact"
        )
    )
    wrong, right, alone = alice.rows(job.id)
    assert (wrong.action, right.action, alone.action) == ("error", "create", "create")
    assert wrong.errors == [
        {"column": 2, "field": "customer", "code": "unknown_customer",
         "detail": "There is no customer called 'Acme'."}
    ]  # fmt: skip
    mended = alice.edit(job.id, wrong.line, values={"customer": "Acme Tools"})
    assert (mended.action, mended.errors) == ("create", [])
    alice.apply(job.id)
    assert places(alice) == [("Ada Byron", "Acme Tools", "other"), ("Bob Tu", "Acme Tools", "other")]
    assert len(people(alice)) == 3


def test_two_customers_of_one_name_are_not_guessed(alice, acme, in_tenant):
    with in_tenant("alice"):
        CustomerFactory.create(business_name="Acme Tools")
    job = alice.validate(alice.upload("Last name,Company\nByron,Acme Tools\n", entity="contact"))
    assert [issue["code"] for issue in alice.rows(job.id)[0].errors] == ["ambiguous_customer"]


def test_customers_of_others_and_in_the_trash_are_not_there(alice, acme, in_tenant):
    with in_tenant("bob"):
        CustomerFactory.create(business_name="Bobs")
    with in_tenant("alice"):
        Customer.objects.update(deleted_at="2026-01-01T00:00:00Z", deleted_by=None)
    job = alice.validate(alice.upload("Last name,Company\nByron,Acme Tools\nTu,Bobs\n", entity="contact"))
    assert job.counts["error"] == 2


@pytest.mark.parametrize("key", ["contact_id", "external_id", "email"])
def test_a_contact_is_updated_by_each_key_and_reverted_exactly(alice, acme, in_tenant, key):
    with in_tenant("alice"):
        ada = ContactFactory.create(
            first_name="Ada", last_name="Byron", external_id="P-1", email="ada@example.com",
            job_title="Clerk", notes="Likes tea",
        )  # fmt: skip
        held = {"contact_id": str(ada.pk), "external_id": "P-1", "email": "Ada@Example.com"}[key]
    before = people(alice)
    header = {"contact_id": "contact_id", "external_id": "External id", "email": "E-mail"}[key]
    job = alice.bring_in(
        f"{header},Job title,Company,Notes\n{held},Countess,Acme Tools,Likes maths\n",
        entity="contact",
        match_keys=[key],
    )
    assert job.counts["update"] == 1
    after = people(alice)["P-1"]
    assert (after["job_title"], after["notes"], after["version"]) == ("Countess", "Likes tea\nLikes maths", 2)
    assert places(alice) == [("Ada Byron", "Acme Tools", "other")]
    with in_tenant("alice"):
        changes = {(c.entity, c.operation) for c in Change.objects.filter(change_set=job.change_set_id)}
        assert changes == {("crm.contact", "update"), ("crm.customercontact", "create")}
    assert alice.revert(job.id).error is None
    assert kept(people(alice)) == kept(before)
    assert places(alice) == []


def test_a_place_alone_leaves_the_contact_as_it_was(alice, acme, in_tenant):
    with in_tenant("alice"):
        ContactFactory.create(first_name="Ada", last_name="Byron", email="ada@example.com")
    before = people(alice)
    content = "E-mail,Company\nada@example.com,Acme Tools\n"
    job = alice.bring_in(content, entity="contact", match_keys=["email"])
    assert (job.counts["update"], people(alice)) == (1, before)
    again = alice.validate(alice.upload(content, entity="contact", match_keys=["email"]))
    assert again.counts["unchanged"] == 1
    alice.revert(job.id)
    assert (places(alice), people(alice)) == ([], before)


def test_a_revert_removes_what_it_made_and_keeps_what_is_in_use(alice, acme, in_tenant):
    content = "First name,Last name,Company\nAda,Byron,Acme Tools\nBob,Tu,Acme Tools\nCy,Wu,Acme Tools\n"
    job = alice.bring_in(content, entity="contact")
    with in_tenant("alice"):
        DealFactory.create(customer=acme, contact=Contact.objects.get(first_name="Bob"))
        CustomerContact.objects.filter(contact__first_name="Cy").update(role="billing", version=2)
    job = alice.revert(job.id)
    assert (job.shown_state, job.error["code"]) == ("reverted", "rows_kept")
    assert job.error["detail"].endswith("the contacts of lines 3, 4.")
    assert [name for name, _, _ in places(alice)] == ["Bob Tu", "Cy Wu"]
    with in_tenant("alice"):
        assert Deal.objects.get().contact.display_name == "Bob Tu"


def test_customers_with_contacts_outlive_the_revert_of_their_import(alice, in_tenant):
    job = alice.bring_in("Company\nMill\nForge\n")
    alice.bring_in("Last name,Company\nByron,Mill\n", entity="contact")
    job = alice.revert(job.id)
    assert (job.error["code"], list(alice.customers())) == ("rows_kept", ["Mill"])


def test_a_customer_that_went_since_the_check_refuses_its_rows(alice, acme, in_tenant):
    job = alice.validate(alice.upload("Last name,Company\nByron,Acme Tools\nTu,\n", entity="contact"))
    with in_tenant("alice"):
        Customer.objects.update(deleted_at="2026-01-01T00:00:00Z", deleted_by=None)
    job = alice.apply(job.id)
    assert (job.counts["create"], job.counts["error"], places(alice)) == (1, 1, [])
    assert alice.rows(job.id, action="error")[0].conflicts[0]["code"] == "changed_since"


def test_a_required_field_of_ones_own_is_asked_of_new_contacts_only(alice, acme, in_tenant):
    with in_tenant("alice"):
        CustomFieldFactory.create(entity="contact", key="badge", label="Badge", is_required=True)
        ContactFactory.create(last_name="Old", email="old@example.com")
    content = "Last name,E-mail,Badge\nByron,ada@example.com,\nTu,bob@example.com,7\nOlder,old@example.com,\n"
    job = alice.validate(alice.upload(content, entity="contact", match_keys=["email"]))
    rows = alice.rows(job.id)
    assert [row.action for row in rows] == ["error", "create", "update"]
    assert rows[0].conflicts == [
        {"column": None, "field": "custom.badge", "code": "required", "detail": "Badge must be filled in."}
    ]
    assert alice.edit(job.id, rows[0].line, values={"custom.badge": "8"}).action == "create"
    alice.apply(job.id)
    assert {row["custom"].get("badge") for row in people(alice).values()} == {"7", "8", None}


def test_a_required_field_is_asked_of_new_customers_too(alice, in_tenant):
    with in_tenant("alice"):
        CustomFieldFactory.create(key="region", label="100 % region's", is_required=True)
    job = alice.validate(alice.upload("Company,custom.region\nMill,\nForge,North\n"))
    assert [row.action for row in alice.rows(job.id)] == ["error", "create"]
    with in_tenant("alice"):
        CustomField.objects.update(is_archived=True)
    assert alice.validate(job.id).counts["error"] == 0


def test_a_contact_appears_once_in_a_file(alice):
    content = "Last name,E-mail\nByron,ada@example.com\nByron,ADA@example.com\n"
    job = alice.validate(alice.upload(content, entity="contact"))
    assert [row.action for row in alice.rows(job.id)] == ["create", "error"]


def test_a_new_place_is_not_made_twice(alice, acme, in_tenant):
    """Whoever makes the same link between check and apply wins."""
    with in_tenant("alice"):
        ada = ContactFactory.create(last_name="Byron", email="ada@example.com")
    job = alice.validate(
        alice.upload("E-mail,Company\nada@example.com,Acme Tools\n", entity="contact", match_keys=["email"])
    )
    with in_tenant("alice"):
        CustomerContactFactory.create(customer=acme, contact=ada, role="billing")
    assert alice.apply(job.id).shown_state == "applied"
    assert places(alice) == [("Byron", "Acme Tools", "billing")]


def test_an_export_comes_back_as_it_was(alice, acme, in_tenant, api_as):
    with in_tenant("alice"):
        ada = ContactFactory.create(
            first_name="Ada", last_name="=Byron", job_title="Countess", phone="+4930901820"
        )
        CustomerContactFactory.create(customer=acme, contact=ada, role="billing", is_primary=True)
        ContactFactory.create(first_name="Bob", birthday="1980-02-29")
    before = people(alice)
    content = b"".join(api_as("alice").get("/api/crm/contacts/export/").streaming_content)
    job = alice.validate(alice.upload(content, entity=None))
    assert (job.entity, job.counts["unchanged"], job.counts["error"]) == ("contact", 2, 0)
    with in_tenant("alice"):
        CustomerContact.objects.all().delete()
        Contact.objects.all().delete()
    alice.bring_in(content, entity=None)
    ours = ("last_name", "job_title", "phone", "birthday", "notes")
    assert [[row[n] for n in ours] for row in people(alice).values()] == [
        [row[n] for n in ours] for row in before.values()
    ]
    assert places(alice) == [("Ada =Byron", "Acme Tools", "billing")]
