"""The CSV of a list: complete, filtered, inert in a spreadsheet."""

import csv
import io

import pytest

from dott.modules.crm.actions.export import COLUMNS
from dott.modules.crm.tests.factories import CustomerFactory, PersonFactory

URL = "/api/crm/customers/export/"


def rows(response) -> list[dict[str, str]]:
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_field_is_there_in_the_order_of_names(api_as, in_tenant, world):
    with in_tenant("alice"):
        PersonFactory(last_name="Żak", owner_id=world["mia"].membership_id)
        CustomerFactory(
            business_name='Ä "quoted", Ltd', notes="one\ntwo", phone="+4930901820", number=1_234_567,
            is_tax_exempt=True, tax_exempt_expires_on="2027-01-31",
        )  # fmt: skip
    response = api_as("alice").get(URL)
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert response["Content-Disposition"] == 'attachment; filename="customers.csv"'
    business, person = rows(response)
    assert tuple(business) == COLUMNS
    assert (business["business_name"], business["notes"]) == ('Ä "quoted", Ltd', "one\ntwo")
    assert (business["account_number"], business["tax_exempt_expires_on"]) == ("C-1234567", "2027-01-31")
    assert (business["owner_name"], person["owner_name"]) == ("", "Mia")
    assert (person["last_name"], person["kind"], person["account_number"]) == ("Żak", "person", "C-000001")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "＝1", "\r=1"])
def test_formulas_are_inert(api_as, in_tenant, cell):
    with in_tenant("alice"):
        CustomerFactory(business_name=cell, notes=f"a{cell}")
    (row,) = rows(api_as("alice").get(URL))
    assert row["business_name"] == f"'{cell}"
    assert row["notes"] == f"a{cell}"


def test_the_filters_of_the_list_hold(api_as, in_tenant):
    with in_tenant("alice"):
        CustomerFactory(business_name="Köln", stage="lead")
        CustomerFactory(business_name="Bonn", stage="lead")
        CustomerFactory(business_name="Kölner", stage="other")
    alice = api_as("alice")
    assert [row["business_name"] for row in rows(alice.get(URL, {"q": "koln", "stage": "lead"}))] == ["Köln"]
    assert rows(alice.get(URL, {"trashed": "true"})) == []
    assert alice.get(URL, {"limit": "5"}).status_code == 400


def test_another_business_is_not_exported(api_as, in_tenant):
    with in_tenant("alice"):
        CustomerFactory()
    assert rows(api_as("bob").get(URL)) == []
