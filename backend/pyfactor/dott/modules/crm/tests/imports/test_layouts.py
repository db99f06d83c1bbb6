"""Exports of other programs are recognised by their headers and come in without a word about columns."""

from pathlib import Path

import pytest

from dott.modules.crm.imports.dialect import detect
from dott.modules.crm.imports.kinds import KINDS
from dott.modules.crm.imports.layouts import LAYOUTS, entity_of, recognise
from dott.modules.crm.imports.mapping import match_columns
from dott.modules.crm.imports.reader import open_table
from dott.modules.crm.tests.imports.flow import DATA

FILES = DATA / "layouts"
ADDRESS = ["billing_line1", "billing_city", "billing_region", "billing_postal_code", "billing_country"]
PERSON = ["first_name", "last_name", "business_name", "email", "phone"]
EXPECTED = {
    "hubspot-companies": (
        "hubspot", ["external_id", "business_name", "phone", "website", "industry", *ADDRESS],
    ),
    "hubspot-contacts": ("hubspot", PERSON),
    "salesforce-accounts": (
        "salesforce",
        ["external_id", "business_name", "phone", "website", "industry", "source", *ADDRESS]
        + [name.replace("billing", "shipping") for name in ADDRESS],
    ),
    "salesforce-contacts": (
        "salesforce",
        ["external_id", "salutation", "first_name", "last_name", "email", "phone", "source", "do_not_email",
         "do_not_call", *ADDRESS],
    ),
    "salesforce-report": ("salesforce", ["external_id", "business_name", "phone", *ADDRESS]),
    "pipedrive-organizations": ("pipedrive", ["external_id", "business_name", *ADDRESS]),
    "pipedrive-people": ("pipedrive", ["contact_name", "business_name", "email", "phone"]),
    "zoho-accounts": (
        "zoho",
        ["external_id", "business_name", "phone", "website", "industry", "currency", *ADDRESS]
        + [name.replace("billing", "shipping") for name in ADDRESS],
    ),
    "zoho-contacts": ("zoho", ["external_id", "salutation", "source", "do_not_email", *PERSON, *ADDRESS]),
    "google-contacts": ("google_contacts", ["salutation", "website", "billing_line2", *PERSON, *ADDRESS]),
    "google-contacts-2023": ("google_contacts", ["salutation", "language", *PERSON]),
    "outlook": ("outlook", ["salutation", "website", *PERSON, *ADDRESS]),
    "outlook-classic": ("outlook", ["salutation", "website", "billing_line2", *PERSON, *ADDRESS]),
}  # fmt: skip


def columns_of(path: Path):
    table = open_table(path, detect(path))
    rows = [record.cells for record in table]
    return match_columns(table.headers, rows, recognise(table.headers))


@pytest.mark.parametrize("name", EXPECTED)
def test_an_export_is_recognised_and_mapped(name):
    path = FILES / f"{name}.csv"
    table = open_table(path, detect(path))
    layout = recognise(table.headers)
    assert layout is not None
    found = [column.field for column in columns_of(path) if column.field not in (None, "notes")]
    assert (layout.name, sorted(filter(None, found))) == (EXPECTED[name][0], sorted(EXPECTED[name][1]))


def test_every_file_is_expected_and_every_program_has_a_file():
    assert {path.stem for path in FILES.glob("*.csv")} == set(EXPECTED)
    assert {layout.name for layout in LAYOUTS} == {name for name, _ in EXPECTED.values()} | {"vcard"}


def test_layouts_name_fields_that_exist():
    for layout in LAYOUTS:
        for claims in (layout.claims, *(each for group in layout.alternatives for each in group)):
            assert {field for field in claims.values() if field} <= set(KINDS[layout.entity].fields), (
                layout.name
            )


def test_a_table_of_ones_own_is_not_taken_for_an_export():
    own = ["Company", "First Name", "Last Name", "Email", "Phone", "City"]
    assert recognise(own) is None
    assert recognise(["Record ID", "First Name", "Last Name", "Email"]) is None


def test_of_several_phones_and_addresses_the_filled_ones_are_used():
    fields = {column.header: column.field for column in columns_of(FILES / "outlook.csv")}
    assert (fields["Mobile Phone"], fields["Business Street"]) == ("phone", "billing_line1")
    assert (fields["Home City"], fields["Business Phone"]) == ("notes", None)
    street = columns_of(FILES / "pipedrive-organizations.csv")
    assert {c.header: c.field for c in street}["Organization - Address"] == "billing_line1"


def test_ids_of_people_are_no_ids_of_companies():
    """HubSpot and Pipedrive count them separately: one number may be both a person's and a company's."""
    for name in ("hubspot-contacts", "pipedrive-people"):
        assert "external_id" not in [column.field for column in columns_of(FILES / f"{name}.csv")]


def test_the_kind_of_record_is_told_by_the_headers():
    people = {"hubspot-contacts", "salesforce-contacts", "pipedrive-people", "zoho-contacts"}
    for name in EXPECTED:
        path = FILES / f"{name}.csv"
        told = entity_of(open_table(path, detect(path)).headers)
        assert told == ("contact" if name in people else "customer"), name
    assert entity_of(["Deal name", "Company", "Amount"]) == "deal"
    assert entity_of(["Name", "Company", "Stage"]) == "customer"


def test_address_books_come_in_as_contacts_when_asked():
    for name in ("google-contacts", "outlook"):
        path = FILES / f"{name}.csv"
        table = open_table(path, detect(path))
        layout = recognise(table.headers, "contact")
        rows = [record.cells for record in table]
        columns = match_columns(table.headers, rows, layout, kind=KINDS["contact"])
        assert {"customer", "job_title", "email"} <= {column.field for column in columns}, name


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize("name", EXPECTED)
def test_an_export_comes_in_without_an_error(alice, name):
    content = (FILES / f"{name}.csv").read_bytes()
    job = alice.bring_in(content)
    rows = alice.rows(job.id)
    assert (job.state, job.layout, job.counts["create"]) == ("applied", EXPECTED[name][0], len(rows))
    assert [row.errors for row in rows] == [[]] * len(rows)
    again = alice.validate(alice.upload(content))
    assert again.counts["unchanged"] == len(rows), alice.rows(again.id)[0].after


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_what_has_no_field_is_in_the_notes(alice):
    alice.bring_in((FILES / "google-contacts.csv").read_bytes())
    ana = alice.customers()["Ana Trujillo Emparedados y helados"]
    assert (ana["email"], ana["phone"], ana["billing_country"]) == (
        "ana@trujillo.example", "+525555554729", "MX",
    )  # fmt: skip
    assert ana["notes"].splitlines() == [
        "E-mail: ana.trujillo@trujillo.example",
        "Other phones: +52 55 5555 4730",
        "Organization title: Owner",
        "Likes e-mail",
        "Labels: * myContacts",
    ]
