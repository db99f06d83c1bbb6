"""A business's own fields outside its records' pages: exported, described, searched for."""

import csv
import io

import pytest

from dott.modules.crm.models import Customer, CustomField
from dott.modules.crm.tests.factories import (
    ContactFactory,
    CustomerFactory,
    CustomFieldFactory,
    DealFactory,
)
from dott.modules.crm.tests.test_custom_values import TYPES, fields

VALUES = {
    "text": "=1+1", "long_text": "a\nb", "number": "-12.5", "money": {"amount": "-3", "currency": "EUR"},
    "date": "2026-01-31", "datetime": "2026-01-31T09:30:00Z", "bool": False, "select": "opt_gold",
    "multi_select": ["opt_gold", "opt_old"], "url": "https://example.com", "email": "a@example.com",
    "phone": "+4930901820",
}  # fmt: skip
CELLS = {
    "text": "'=1+1", "long_text": "a\nb", "number": "-12.5", "money": "-3 EUR", "date": "2026-01-31",
    "datetime": "2026-01-31T09:30:00Z", "bool": "false", "select": "Gold", "multi_select": "Gold; Old",
    "url": "https://example.com", "email": "a@example.com", "phone": "'+4930901820",
}  # fmt: skip


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def own(in_tenant):
    with in_tenant("alice"):
        for entity in ("customer", "deal"):
            fields(entity)


def exported(client, path: str) -> list[dict[str, str]]:
    response = client.get(f"/api/crm/{path}/export/")
    assert response.status_code == 200
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


MAKERS = {
    "customers": (CustomerFactory, "business_name"),
    "contacts": (ContactFactory, "last_name"),
    "deals": (DealFactory, "name"),
}


@pytest.mark.parametrize("path", MAKERS)
def test_each_field_in_use_is_a_column_of_the_export(alice, own, in_tenant, path):
    with in_tenant("alice"):
        make, name = MAKERS[path]
        if path == "contacts":
            fields("contact")
        make.create(**{name: "A"}, custom=VALUES)
        make.create(**{name: "B"})
    full, empty = exported(alice, path)
    assert {key: full[f"custom.{key}"] for key in TYPES} == CELLS
    assert {empty[f"custom.{key}"] for key in TYPES} == {""}
    with in_tenant("alice"):
        CustomField.objects.exclude(key="number").update(is_archived=True)
    assert [name for name in exported(alice, path)[0] if name.startswith("custom.")] == ["custom.number"]


def test_the_document_of_a_business_describes_its_fields(api_as, alice, own):
    document = alice.get("/api/crm/schema/").json()
    schemas = document["components"]["schemas"]
    answer = schemas["Customer"]["properties"]["custom"]
    assert answer["properties"].keys() == set(TYPES)
    assert answer["additionalProperties"] is False
    select = answer["properties"]["select"]
    assert (select["title"], select["oneOf"][0]) == ("select", {"const": "opt_gold", "title": "Gold"})
    for name in ("CustomerRequest", "PatchedCustomerRequest"):
        written = schemas[name]["properties"]["custom"]["properties"]
        assert written["date"] == {
            "title": "date", "anyOf": [{"type": "string", "format": "date"}, {"type": "null"}],
        }  # fmt: skip
        # What is archived is answered, not taken.
        assert [one["title"] for one in written["select"]["anyOf"][0]["oneOf"]] == ["Gold", "Tin"]
    assert schemas["Contact"]["properties"]["custom"]["properties"] == {}
    assert schemas["Deal"]["properties"]["custom"]["properties"].keys() == set(TYPES)
    other = api_as("bob").get("/api/crm/schema/").json()["components"]["schemas"]
    assert other["Customer"]["properties"]["custom"]["properties"] == {}


def test_what_is_not_of_its_type_is_read_as_empty(alice, in_tenant):
    """A file from elsewhere may hold anything; a filter by it must not fail for the others."""
    with in_tenant("alice"):
        for type_ in ("number", "date", "datetime", "bool", "money", "multi_select", "select"):
            CustomFieldFactory.create(key=type_, label=type_, type=type_)
        broken = CustomerFactory.create(custom=dict.fromkeys(TYPES, "x"))
        Customer.objects.filter(pk=broken.pk).update(custom={**dict.fromkeys(TYPES, "x"), "money": [1]})
    for key in ("number", "date", "datetime", "bool", "money", "multi_select", "select"):
        assert len(alice.get(f"/api/crm/customers/?ordering=-custom.{key}").json()["results"]) == 1, key
    for key in ("number", "date", "datetime", "money"):
        asked = alice.get(f'/api/crm/customers/?filter={{"field":"custom.{key}","op":"empty"}}')
        assert len(asked.json()["results"]) == 1, key
