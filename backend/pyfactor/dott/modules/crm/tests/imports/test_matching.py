"""Which customer a row is about, and when a row must not be imported."""

import pytest

from dott.modules.crm.actions.customers import create_customer, trash_customer
from dott.modules.crm.imports.kinds import CUSTOMERS
from dott.modules.crm.models.rules import CUSTOMER_RULES
from dott.platform.identity.models import Membership

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def add(importer, **values):
    with importer.enter() as actor:
        return create_customer(actor=actor, values=values).id


def dry_run(importer, text, **changes):
    job = importer.validate(importer.upload(text, **changes))
    return job, importer.rows(job.id)


def codes(row):
    return [issue["code"] for issue in [*row.errors, *row.conflicts]]


def test_each_key_finds_its_customer_whatever_case_and_accents(alice):
    by_mail = add(alice, business_name="A", email="Info@Example.com")
    by_name = add(alice, business_name="Café Zürich")
    by_phone = add(alice, business_name="C", phone="+493012345678")
    text = "Company,E-mail,Phone,City\nA,info@EXAMPLE.com,,Rom\ncafe zurich,,,Rom\nC,,+49 30 12345678,Rom\n"
    _, rows = dry_run(alice, text, match_keys=["email", "phone", "business_name"])
    assert [row.target_id for row in rows] == [by_mail, by_name, by_phone]
    assert [row.action for row in rows] == ["update"] * 3
    assert rows[1].diff["business_name"] == ["Café Zürich", "cafe zurich"]


def test_the_stronger_key_decides(alice):
    first = add(alice, business_name="First", external_id="1")
    add(alice, business_name="Second", email="b@example.com")
    text = "ID,Company,E-mail\n1,First,b@example.com\n"
    _, rows = dry_run(alice, text, match_keys=["external_id", "email"])
    assert rows[0].target_id == first


def test_several_matches_are_ambiguous(alice):
    add(alice, business_name="Acme")
    add(alice, business_name="ACME")
    _, rows = dry_run(alice, "Company,City\nAcme,Rom\n")
    assert (rows[0].action, codes(rows[0])) == ("error", ["ambiguous_match"])


def test_a_trashed_customer_is_not_matched(alice):
    with alice.enter() as actor:
        trash_customer(actor=actor, customer=create_customer(actor=actor, values={"business_name": "Acme"}))
    job, _ = dry_run(alice, "Company\nAcme\n")
    assert job.counts["create"] == 1


def test_modes(alice):
    add(alice, business_name="Acme", external_id="1")
    text = "ID,Company,City\n1,Acme,Rom\n2,Beta,Rom\n"
    _, rows = dry_run(alice, text, mode="create")
    assert [(row.action, codes(row)) for row in rows] == [("error", ["already_exists"]), ("create", [])]
    _, rows = dry_run(alice, text, mode="update")
    assert [(row.action, codes(row)) for row in rows] == [("update", []), ("error", ["no_match"])]
    _, rows = dry_run(alice, text, mode="upsert")
    assert [row.action for row in rows] == ["update", "create"]


def test_two_rows_about_one_customer_are_named(alice):
    add(alice, business_name="Acme", external_id="1")
    _, rows = dry_run(alice, "ID,Company\n1,Acme\n1,Acme Ltd\n2,Beta\n2,Beta\n")
    assert [row.action for row in rows] == ["unchanged", "error", "create", "error"]
    assert rows[1].conflicts[0]["detail"] == "Line 2 of this file is about the same customer."
    assert rows[3].conflicts[0]["detail"] == "Line 4 of this file is about the same customer."


def test_mending_the_first_of_two_frees_the_second(alice):
    job, rows = dry_run(alice, "ID,Company\n1,Acme\n1,Beta\n")
    assert [row.action for row in rows] == ["create", "error"]
    alice.edit(job.id, 2, values={"external_id": "9"})
    assert [row.action for row in alice.rows(job.id)] == ["create", "create"]
    alice.edit(job.id, 3, values={"external_id": "9"})
    assert [row.action for row in alice.rows(job.id)] == ["create", "error"]
    alice.edit(job.id, 2, is_excluded=True)
    assert [row.action for row in alice.rows(job.id)] == ["excluded", "create"]
    assert alice.job(job.id).counts["create"] == 1


def test_an_external_id_is_never_given_twice(alice):
    add(alice, business_name="Acme", email="a@example.com")
    add(alice, business_name="Owner of 7", external_id="7")
    text = "ID,Company,E-mail\n7,Acme,a@example.com\n8,Beta,b@example.com\n8,Gamma,c@example.com\n"
    _, rows = dry_run(alice, text, match_keys=["email"])
    assert [codes(row) for row in rows] == [["external_id_taken"], [], ["duplicate_in_file"]]


def test_without_a_match_key_every_row_is_new(alice):
    add(alice, business_name="Acme")
    job, _ = dry_run(alice, "Company\nAcme\nAcme\n", match_keys=[])
    assert job.counts["create"] == 2
    alice.apply(job.id)


def test_notes_are_added_to_and_never_overwritten(alice):
    add(alice, business_name="Acme", notes="Prefers mornings.\nFax: 1")
    _, rows = dry_run(alice, "Company,Fax,Job title\nAcme,1,Owner\n")
    assert rows[0].diff == {
        "notes": ["Prefers mornings.\nFax: 1", "Prefers mornings.\nFax: 1\nJob title: Owner"]
    }
    job, rows = dry_run(alice, "Company,Fax\nAcme,1\n")
    assert (rows[0].action, job.counts["unchanged"]) == ("unchanged", 1)


def test_notes_that_grow_too_long_are_refused(alice):
    add(alice, business_name="Acme", notes="x" * 19_990)
    _, rows = dry_run(alice, "Company,Comments\nAcme,more than ten characters\n")
    assert codes(rows[0]) == ["too_long"]


def test_rules_are_judged_on_the_customer_as_it_would_be(alice):
    add(alice, business_name="Acme", external_id="1", is_tax_exempt=True)
    text = (
        "ID;Company;First name;Kind;Tax exempt certificate\n"
        "1;;;;X-1\n"  # exempt already: allowed
        "2;Beta;;;X-2\n"  # a new one is not exempt
        "3;;;;\n"  # no name at all
        "4;Gamma;;person;\n"  # a person without a name
        "5;;Ida;;\n"  # a person
    )
    _, rows = dry_run(alice, text)
    assert [row.action for row in rows] == ["update", "error", "error", "error", "create"]
    assert codes(rows[1]) == ["customer_exemption_details_need_exemption"]
    assert codes(rows[2]) == codes(rows[3]) == ["customer_person_has_a_name"]


def test_the_rules_are_those_of_the_customer():
    ours = {code: sentence for code, _, sentence, _ in CUSTOMERS.rules if code.startswith("customer_")}
    assert ours == {rule.code: rule.sentence for rule in CUSTOMER_RULES}


def test_a_kind_is_chosen_only_for_new_customers(alice):
    add(alice, business_name="Acme", email="a@example.com")
    alice.bring_in("E-mail,First name,Last name\na@example.com,Ann,Lee\nb@example.com,Bo,Lee\n")
    customers = {c["email"]: c for c in alice.customers().values()}
    ann, bo = customers["a@example.com"], customers["b@example.com"]
    assert (ann["kind"], ann["first_name"]) == ("business", "Ann")
    assert bo["kind"] == "person"


def test_every_kind_of_field_reaches_its_column(alice):
    header = (
        "ID;Company;Language;Currency;Time zone;Tax exempt;Tax exempt expires on;Stage;Status;Owner;Website;"
        "Do not call;Shipping phone;Shipping country;Delivery instructions\n"
    )
    row = (
        "1;Acme;deutsch;€;Europe/Berlin;yes;31.12.2027;lead;inactive;Mia;acme.example;ja;"
        "030 12345678;DE;ring\n"
    )
    job = alice.bring_in(header + row)
    assert job.counts["create"] == 1
    customer = alice.customers()["1"]
    with alice.enter():
        mia = Membership.objects.get(display_name="Mia").id
    got = {name: str(customer[name]) for name in (
        "language", "currency", "timezone", "is_tax_exempt", "tax_exempt_expires_on", "stage", "status",
        "owner_id", "website", "do_not_call", "shipping_phone", "shipping_country", "delivery_instructions",
    )}  # fmt: skip
    assert list(got.values()) == [
        "de", "EUR", "Europe/Berlin", "True", "2027-12-31", "lead", "inactive", str(mia),
        "https://acme.example", "True", "+493012345678", "DE", "ring",
    ]  # fmt: skip
    again = alice.validate(alice.upload(header + row))
    assert again.counts["unchanged"] == 1
