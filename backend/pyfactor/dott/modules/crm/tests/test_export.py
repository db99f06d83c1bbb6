"""The CSV of a list: complete, filtered, inert in a spreadsheet."""

import csv
import io
import shutil
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from dott.modules.crm.actions import export_workbook
from dott.modules.crm.actions.export import COLUMNS, WORDS
from dott.modules.crm.actions.export_contacts import COLUMNS as CONTACT_COLUMNS
from dott.modules.crm.imports.formula import unguard
from dott.modules.crm.imports.workbook import read_sheet, sheet_names
from dott.modules.crm.tests.factories import (
    ContactFactory,
    CustomerContactFactory,
    CustomerFactory,
    PersonFactory,
)

URL = "/api/crm/customers/export/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


@pytest.mark.asvs("1.2.10")
@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "＝1", "\r=1"])
def test_formulas_are_inert(api_as, in_tenant, cell):
    with in_tenant("alice"):
        CustomerFactory(business_name=cell, notes=f"a{cell}")
    (row,) = rows(api_as("alice").get(URL))
    assert row["business_name"] == f"'{cell}"
    assert row["notes"] == f"a{cell}"


@pytest.mark.parametrize("name", sorted(WORDS))
@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@A", "'=", "\t=", "＝1"])
def test_what_is_not_guarded_cannot_be_a_formula(in_tenant, name, cell):
    with in_tenant("alice"), pytest.raises(IntegrityError, match="violates check constraint"):
        CustomerFactory(**{name: cell})


def test_the_filters_of_the_list_hold(api_as, in_tenant):
    with in_tenant("alice"):
        CustomerFactory(business_name="Köln", stage="lead")
        CustomerFactory(business_name="Bonn", stage="lead")
        CustomerFactory(business_name="Kölner", stage="other")
    alice = api_as("alice")
    assert [row["business_name"] for row in rows(alice.get(URL, {"q": "koln", "stage": "lead"}))] == ["Köln"]
    assert rows(alice.get(URL, {"trashed": "true"})) == []
    assert alice.get(URL, {"limit": "5"}).status_code == 400


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("entity", ["customers", "deals"])
def test_of_conditions_that_nothing_meets_comes_the_header_alone(api_as, in_tenant, entity, kind):
    with in_tenant("alice"):
        CustomerFactory()
    response = api_as("alice").get(f"/api/crm/{entity}/export/?owner__in=%20%09&file={kind}")
    assert response.status_code == 200
    if kind == "csv":
        assert rows(response) == []
    else:
        ((header,),) = sheets(response)
        assert header[0]


@pytest.mark.parametrize("text", ["0", "{}", "x"])
def test_the_records_of_exports_take_no_conditions(api_as, text):
    response = api_as("alice").get("/api/crm/exports/", {"filter": text})
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "filter"


def test_an_import_whose_file_is_gone_is_told_so(api_as, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    alice = api_as("alice")
    form = {"file": SimpleUploadedFile("customers.csv", b"Name,Country\nMill,DE\n")}
    made = alice.post("/api/crm/imports/", form, format="multipart").json()
    shutil.rmtree(settings.FILES_DIR)
    path = f"/api/crm/imports/{made['id']}/"
    response = alice.patch(path, {"default_country": ""}, headers={"If-Match": "*"})
    assert (response.status_code, response.json()["code"]) == (409, "details_purged")


def test_another_business_is_not_exported(api_as, in_tenant):
    with in_tenant("alice"):
        CustomerFactory()
    assert rows(api_as("bob").get(URL)) == []


def sheets(response) -> list[list[tuple[str | None, ...]]]:
    content = io.BytesIO(b"".join(response.streaming_content))
    assert zipfile.ZipFile(content).testzip() is None
    book = openpyxl.load_workbook(content)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def test_a_workbook_holds_the_same_rows(api_as, in_tenant):
    with in_tenant("alice"):
        CustomerFactory(
            business_name="Ä & <b>", notes="one\ntwo", phone="+4930901820", number=7, stage="lead"
        )
        CustomerFactory(business_name="Other", stage="other")
    response = api_as("alice").get(URL, {"file": "xlsx", "stage": "lead"})
    assert (response.status_code, response["Content-Type"]) == (200, XLSX)
    assert response["Content-Disposition"] == 'attachment; filename="customers.xlsx"'
    ((header, row),) = sheets(response)
    assert header == COLUMNS
    found = dict(zip(header, row, strict=True))
    assert (found["business_name"], found["notes"], found["phone"], found["account_number"]) == (
        "Ä & <b>", "one\ntwo", "+4930901820", "C-000007",
    )  # fmt: skip
    assert found["email"] is None


def test_a_workbook_of_nothing_has_its_header(api_as):
    assert sheets(api_as("alice").get(URL, {"file": "xlsx"})) == [[COLUMNS]]


@pytest.mark.parametrize(
    "text", ["=1+1", "'=1", "''+1", "-1", "@SUM(A1)", "_x0041_", "a\rb", "a\x01b", "'quoted'"]
)
def test_a_workbook_has_no_formulas_and_is_read_back_exactly(api_as, in_tenant, tmp_path, text):
    with in_tenant("alice"):
        CustomerFactory(business_name="A", notes=text)
    path = tmp_path / "customers.xlsx"
    path.write_bytes(b"".join(api_as("alice").get(URL, {"file": "xlsx"}).streaming_content))
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    (_, read) = list(read_sheet(path, *sheet_names(path)))[1]
    assert unguard(read[COLUMNS.index("notes")]) == text


def test_more_rows_than_a_sheet_holds_go_to_the_next(api_as, in_tenant, monkeypatch):
    monkeypatch.setattr(export_workbook, "MAX_SHEET_ROWS", 3)
    with in_tenant("alice"):
        for number in range(4):
            CustomerFactory(business_name=f"Customer {number}")
    place = COLUMNS.index("business_name")
    response = api_as("alice").get(URL, {"file": "xlsx"})
    assert [[row[place] for row in sheet] for sheet in sheets(response)] == [
        ["business_name", "Customer 0", "Customer 1"],
        ["business_name", "Customer 2", "Customer 3"],
    ]


def test_deals_come_as_a_workbook_too(api_as):
    response = api_as("alice").get("/api/crm/deals/export/", {"file": "xlsx"})
    ((header,),) = sheets(response)
    assert (header[0], response["Content-Type"]) == ("deal_number", XLSX)


CONTACTS = "/api/crm/contacts/export/"


def test_a_contact_comes_with_the_customer_it_stands_for_first_of_all(api_as, in_tenant):
    with in_tenant("alice"):
        ada = ContactFactory(first_name="Ada", last_name="=Byron", phone="+4930901820")
        ContactFactory(last_name="Żak")
        links = [
            CustomerContactFactory(
                contact=ada, customer=CustomerFactory(business_name=name, external_id=name[0])
            )
            for name in ("Old Mill", "Harbour", "Gone")
        ]
        type(links[0]).objects.filter(pk=links[1].pk).update(is_primary=True, role="billing")
        type(links[2].customer).objects.filter(pk=links[2].customer_id).update(deleted_at="2026-01-01T00:00Z")
    response = api_as("alice").get(CONTACTS)
    assert response["Content-Disposition"] == 'attachment; filename="contacts.csv"'
    first, second = rows(response)
    assert tuple(first) == CONTACT_COLUMNS
    assert (first["first_name"], first["last_name"], first["phone"]) == ("Ada", "'=Byron", "'+4930901820")
    assert (first["customer"], first["customer_external_id"], first["role"]) == ("Harbour", "H", "billing")
    assert (second["last_name"], second["customer"], second["role"]) == ("Żak", "", "")


def test_contacts_are_narrowed_and_come_as_a_workbook_too(api_as, in_tenant):
    with in_tenant("alice"):
        ContactFactory(last_name="Byron")
        ContactFactory(last_name="Lund")
    response = api_as("alice").get(CONTACTS, {"q": "byron", "file": "xlsx"})
    ((header, row),) = sheets(response)
    assert (header, dict(zip(header, row, strict=True))["last_name"]) == (CONTACT_COLUMNS, "Byron")
    assert api_as("vera").get(CONTACTS).status_code == 403
    assert rows(api_as("bob").get(CONTACTS)) == []


def test_another_kind_of_file_is_refused(api_as):
    response = api_as("alice").get(URL, {"file": "pdf"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "file"


def test_columns_are_lettered_as_spreadsheets_do():
    assert [export_workbook._letters(i) for i in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
