"""Columns of a file that go into fields which the business has added."""

from typing import Any

import pytest

from dott.modules.crm.imports.amounts import number_text
from dott.modules.crm.models import Customer, CustomField
from dott.modules.crm.tests.factories import CustomerFactory
from dott.modules.crm.tests.test_custom_values import fields
from dott.platform.history.models import Change

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

URL = "/api/crm/imports/"
CELLS = {
    "text": "Oak", "long_text": "a b", "number": "1.234,5", "money": "€ 12.50", "date": "31.12.2026",
    "datetime": "2026-01-31T10:30:00+01:00", "bool": "ja", "select": "gold", "multi_select": "Tin; Gold",
    "url": "example.com", "email": "a@example.com", "phone": "+49 30 901820",
}  # fmt: skip
VALUES = {
    "text": "Oak", "long_text": "a b", "number": "1234.5", "money": {"amount": "12.5", "currency": "EUR"},
    "date": "2026-12-31", "datetime": "2026-01-31T09:30:00Z", "bool": True, "select": "opt_gold",
    "multi_select": ["opt_gold", "opt_tin"], "url": "https://example.com", "email": "a@example.com",
    "phone": "+4930901820",
}  # fmt: skip


@pytest.fixture
def own(in_tenant):
    with in_tenant("alice"):
        fields()
        CustomField.objects.filter(key="text").update(label="Kind of wood")


def file_of(cells: dict[str, str], name: str = "Mill") -> str:
    """A file of one customer; every cell in quotation marks."""
    row = {"Company": name, **{f"custom.{key}": cell for key, cell in cells.items()}}
    return "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in (row.keys(), row.values()))


def customs(alice) -> dict[str, Any]:
    return {name: row["custom"] for name, row in alice.customers().items()}


def test_cells_of_every_type_become_values(alice, own, in_tenant):
    job = alice.bring_in(file_of(CELLS), match_keys=["business_name"])
    assert (job.shown_state, job.counts["create"], job.counts["error"]) == ("applied", 1, 0)
    assert customs(alice) == {"Mill": VALUES}
    with in_tenant("alice"):
        assert Change.objects.get(entity="crm.customer").after["custom"] == VALUES
    again = alice.validate(alice.upload(file_of(CELLS), match_keys=["business_name"]))
    assert again.counts["unchanged"] == 1


def test_a_label_heads_a_column_too(alice, own):
    job = alice.job(alice.upload("Company,Kind of wood\nMill,Oak\n"))
    assert [column["field"] for column in job.columns] == ["business_name", "custom.text"]
    assert job.columns[1]["preview"] == ["Oak"]


def test_an_update_merges_and_a_revert_takes_it_back(alice, own, in_tenant):
    held = {"text": "Elm", "bool": False, "multi_select": ["opt_gold", "opt_tin"]}
    with in_tenant("alice"):
        CustomerFactory.create(business_name="Mill", custom=held)
    content = file_of({"text": "Oak", "number": "2", "multi_select": "Gold", "bool": ""})
    job = alice.bring_in(content, match_keys=["business_name"])
    assert job.counts["update"] == 1
    after = {"text": "Oak", "number": "2", "bool": False, "multi_select": ["opt_gold"]}
    assert customs(alice) == {"Mill": after}
    with in_tenant("alice"):
        change = Change.objects.get(operation="update")
        assert (change.before, change.after) == ({"custom": held}, {"custom": after})
    alice.revert(job.id)
    assert customs(alice) == {"Mill": held}


def test_a_list_that_becomes_shorter_is_a_change(alice, own, in_tenant):
    with in_tenant("alice"):
        CustomerFactory.create(business_name="Mill", custom={"multi_select": ["opt_gold", "opt_tin"]})
    job = alice.bring_in(file_of({"multi_select": "Tin"}), match_keys=["business_name"])
    assert job.counts["update"] == 1
    assert customs(alice) == {"Mill": {"multi_select": ["opt_tin"]}}


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        ("number", "a dozen"), ("money", "12.50"), ("money", "x EUR"), ("date", "soon"), ("datetime", "soon"),
        ("bool", "perhaps"), ("select", "Silver"), ("select", "Old"), ("multi_select", "Gold, Silver"),
        ("url", "no address"), ("email", "nobody"), ("phone", "call me"), ("text", "x" * 256),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_value_is_an_error_of_its_row(alice, own, key, cell):
    job = alice.validate(alice.upload(file_of({key: cell}), match_keys=["business_name"]))
    assert job.counts["error"] == 1
    (row,) = alice.rows(job.id)
    assert [issue["field"] for issue in row.errors] == [f"custom.{key}"]
    mended = alice.edit(job.id, row.line, values={f"custom.{key}": CELLS[key]})
    assert (mended.action, mended.values["custom"]) == ("create", {key: VALUES[key]})


def test_the_dry_run_shows_values_as_people_write_them(alice, own, in_tenant, api_as):
    with in_tenant("alice"):
        CustomerFactory.create(business_name="Mill", custom={"select": "opt_tin"})
    job = alice.validate(alice.upload(file_of(CELLS), match_keys=["business_name"]))
    (row,) = api_as("alice").get(f"{URL}{job.id}/rows/").json()["results"]
    assert row["diff"]["custom.select"] == ["Tin", "Gold"]
    assert row["diff"]["custom.money"] == [None, "12.5 EUR"]
    assert row["values"]["custom.multi_select"] == "Gold; Tin"
    assert "custom" not in row["values"]


def test_an_export_comes_back_as_it_was(alice, own, in_tenant, api_as):
    with in_tenant("alice"):
        CustomerFactory.create(business_name="Mill", custom={**VALUES, "text": "=1+1"})
    response = api_as("alice").get("/api/crm/customers/export/")
    content = b"".join(response.streaming_content)
    with in_tenant("alice"):
        Customer.objects.all().delete()
    job = alice.bring_in(content)
    assert (job.counts["create"], job.counts["error"]) == (1, 0)
    assert customs(alice) == {"Mill": {**VALUES, "text": "=1+1"}}


def test_an_unknown_field_is_refused(alice, own, in_tenant, api_as):
    job = alice.upload(file_of(CELLS))
    client = api_as("alice")
    for target, status in (("custom.nothing", 400), ("custom.number", 200)):
        response = client.patch(f"{URL}{job}/", {"mapping": {"3": target}}, HTTP_IF_MATCH="*")
        assert response.status_code == status, target
    with in_tenant("alice"):
        CustomField.objects.filter(key="number").update(is_archived=True)
    # What was archived in the meantime is left out.
    assert alice.validate(job).counts["error"] == 0
    assert "number" not in alice.rows(job)[0].values["custom"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [("12", "12"), ("1 234,5", "1234.5"), ("1,234.5", "1234.5"), ("1.234,50", "1234.50"), ("-3,5", "-3.5"),
     ("1'000", "1000"), ("1,234,567", "1234567"), ("1.234.567,8", "1234567.8")],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(cell, number):
    assert number_text(cell) == number
