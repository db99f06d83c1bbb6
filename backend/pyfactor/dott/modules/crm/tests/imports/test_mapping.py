"""Columns find their fields by header and by content; nothing that holds data is dropped by default."""

from pathlib import Path

import pytest

from dott.modules.crm.imports.dialect import detect
from dott.modules.crm.imports.errors import ImportFileError
from dott.modules.crm.imports.fields import FIELDS
from dott.modules.crm.imports.headers import SYNONYMS, label, words
from dott.modules.crm.imports.mapping import match_columns, remapped
from dott.modules.crm.imports.reader import open_table

DATA = Path(__file__).parent / "data"


def fields_of(headers, *rows):
    return [column.field for column in match_columns(headers, rows or [["x"] * len(headers)])]


@pytest.mark.parametrize("name", ["northwind-customers.csv", "northwind-customers-ragged.csv"])
def test_northwind_is_mapped_without_help(name):
    table = open_table(DATA / name, detect(DATA / name))
    rows = [record.cells for record in table if not record.issue]
    found = {words(c.header): c.field for c in match_columns(table.headers, rows)}
    assert found == {
        "customer id": "external_id",
        "company name": "business_name",
        "contact name": "contact_name",
        "contact title": "notes",
        "address": "billing_line1",
        "city": "billing_city",
        "region": "billing_region",
        "postal code": "billing_postal_code",
        "country": "billing_country",
        "phone": "phone",
        "fax": "notes",
    }


def test_german_spanish_and_french_headers():
    german = ["Kundennr.", "Firma", "Vorname", "Nachname", "Straße", "PLZ", "Ort", "Land", "Telefon"]
    assert fields_of(german) == [
        "external_id", "business_name", "first_name", "last_name", "billing_line1", "billing_postal_code",
        "billing_city", "billing_country", "phone",
    ]  # fmt: skip
    spanish = ["Empresa", "Nombre", "Apellidos", "Correo electrónico", "Dirección", "Código postal", "País"]
    assert fields_of(spanish) == [
        "business_name", "first_name", "last_name", "email", "billing_line1", "billing_postal_code",
        "billing_country",
    ]  # fmt: skip
    assert fields_of(["Société", "Prénom", "Nom", "Courriel", "Adresse", "Ville", "Numéro de TVA"]) == [
        "business_name", "first_name", "last_name", "email", "billing_line1", "billing_city", "tax_id",
    ]  # fmt: skip


def test_shipping_and_billing_prefixes():
    assert fields_of(["Billing City", "ShippingCity", "ship_to_zip", "Lieferort", "Delivery Address 2"]) == [
        "billing_city", "shipping_city", "shipping_postal_code", "notes", "shipping_line2",
    ]  # fmt: skip


def test_a_bare_name_depends_on_its_neighbours():
    assert fields_of(["Name", "City"]) == ["business_name", "billing_city"]
    assert fields_of(["Company", "Name"]) == ["business_name", "contact_name"]
    assert fields_of(["First name", "Name"]) == ["first_name", "last_name"]
    assert fields_of(["Société", "Nom"]) == ["business_name", "contact_name"]


def test_content_decides_where_the_header_does_not():
    rows = [["a@example.com", "+49 30 123456", "www.example.com", "Deutschland", "blue"]]
    assert fields_of(["c1", "c2", "c3", "c4", "c5"], *rows) == [
        "email", "phone", "website", "billing_country", "notes",
    ]  # fmt: skip
    assert fields_of(["Contact", "Company"], ["a@example.com", "Acme"]) == ["email", "business_name"]


def test_a_second_column_for_the_same_field_goes_to_the_notes():
    assert fields_of(["Phone", "Mobile"]) == ["phone", "notes"]


def test_an_empty_column_that_matches_nothing_is_left_out():
    assert fields_of(["Company", "Colour"], ["Acme", ""]) == ["business_name", None]


def test_confidence_and_samples_are_told():
    column = match_columns(["Firma"], [["Acme"], ["Acme"], ["Beta"]])[0]
    assert column.as_json() == {
        "index": 0,
        "header": "Firma",
        "samples": ["Acme", "Beta"],
        "field": "business_name",
        "confidence": 1.0,
        "preview": [],
    }


def test_every_synonym_leads_to_a_field_that_exists():
    assert set(SYNONYMS.values()) <= set(FIELDS)
    assert all(words(synonym) == synonym for synonym in SYNONYMS)


def test_a_person_changes_the_mapping():
    columns = match_columns(["Company", "Colour"], [["Acme", "blue"]])
    changed = remapped(columns, {1: "industry"})
    assert [(c.field, c.confidence) for c in changed] == [("business_name", 1.0), ("industry", 1.0)]
    assert remapped(changed, {1: None})[1].field is None


@pytest.mark.parametrize(
    ("wanted", "code"),
    [({7: "notes"}, "unknown_column"), ({1: "account_number"}, "unknown_field"),
     ({1: "business_name"}, "field_mapped_twice")],
)  # fmt: skip
def test_an_impossible_mapping_is_refused(wanted, code):
    columns = match_columns(["Company", "Colour"], [["Acme", "blue"]])
    with pytest.raises(ImportFileError) as caught:
        remapped(columns, wanted)
    assert caught.value.code == code


def test_labels_read_like_words():
    assert [label(h) for h in ("ContactTitle", "fax", "VAT_ID", "E-Mail 2", "")] == [
        "Contact title", "Fax", "VAT ID", "E-Mail 2", "",
    ]  # fmt: skip
