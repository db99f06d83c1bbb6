"""Imports over HTTP: the whole way."""

import csv
import datetime as dt
import io
import json
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dott.modules.crm.tests.imports.flow import IMPORTS, NORTHWIND, RAGGED, upload
from dott.platform.jobs.testing import run_queued

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.usefixtures("files_dir"),
]


def test_northwind_from_upload_to_revert(api_as):
    alice = api_as("alice")
    response = upload(alice, NORTHWIND, "northwind-customers.csv")
    assert response.status_code == 201, response.content
    job = response.json()
    address = f"{IMPORTS}{job['id']}/"
    assert response["Location"] == address
    assert response["ETag"] == f'"{job["version"]}"'
    assert (job["state"], job["file_name"], job["row_count"], job["default_country"]) == (
        "draft", "northwind-customers.csv", None, "DE",
    )  # fmt: skip
    assert job["dialect"] == {
        "format": "csv", "encoding": "utf-8", "delimiter": ",", "has_header": True, "sheet": None,
        "sheets": [], "null_markers": [], "date_order": None,
    }  # fmt: skip
    assert job["counts"] == dict.fromkeys(
        ["create", "update", "unchanged", "error", "excluded", "warning", "conflict"], 0
    )
    assert (len(job["sample_rows"]), job["created_by_name"], job["error"]) == (5, "Alice", None)
    columns = {column["header"]: column for column in job["columns"]}
    assert columns["Country"]["preview"] == ["DE", "MX", "GB", "SE", "FR"]
    assert columns["ContactName"]["preview"][0] == "Maria | Anders"
    assert columns["Phone"]["preview"][:2] == ["+49300074321", "(5) 555-4729"]

    assert alice.post(address + "validate/").status_code == 202
    assert alice.get(address).json()["state"] == "validating"
    run_queued()
    job = alice.get(address).json()
    assert (job["state"], job["row_count"], job["counts"]["create"], job["counts"]["warning"]) == (
        "validated", 91, 91, 43,
    )  # fmt: skip
    page = alice.get(address + "rows/", {"action": "create", "limit": 50, "count": "exact"}).json()
    assert (page["count"], len(page["results"]), page["results"][0]["line"]) == (91, 50, 2)
    second = alice.get(page["next"]).json()
    assert [row["line"] for row in second["results"]] == list(range(52, 93))
    assert second["next"] is None
    row = page["results"][0]
    assert row["cells"][:2] == ["ALFKI", "Alfreds Futterkiste"]
    assert (row["values"]["billing_country"], row["diff"], row["errors"], row["target_id"]) == (
        "DE",
        {},
        [],
        None,
    )
    assert page["results"][1]["warnings"] == [
        {
            "column": 9,
            "field": "phone",
            "code": "phone_not_valid",
            "detail": "'(5) 555-4729' is not a valid number in MX; it is kept as given.",
        }
    ]

    assert alice.post(address + "apply/").status_code == 202
    run_queued()
    job = alice.get(address).json()
    assert job["state"] == "applied"
    assert job["applied_at"] is not None
    row = alice.get(address + "rows/").json()["results"][0]
    customer = alice.get(f"/api/crm/customers/{row['target_id']}/").json()
    assert (customer["external_id"], customer["account_number"], customer["phone"]) == (
        "ALFKI", "C-000001", "+49300074321",
    )  # fmt: skip
    for text in ("köln", "koln"):
        found = alice.get("/api/crm/customers/", {"q": text}).json()["results"]
        assert [c["display_name"] for c in found] == ["Ottilies Käseladen"]

    assert alice.post(address + "revert/").status_code == 202
    run_queued()
    assert alice.get(address).json()["state"] == "reverted"
    assert alice.get("/api/crm/customers/").json()["results"] == []


def test_rows_are_narrowed_by_action_and_warning(api_as):
    alice = api_as("alice")
    address = f"{IMPORTS}{upload(alice, RAGGED).json()['id']}/"
    alice.post(address + "validate/")
    run_queued()

    def count(**filters):
        return alice.get(address + "rows/", {"count": "exact", **filters}).json()["count"]

    warned = alice.get(address + "rows/", {"warned": "true"}).json()["results"]
    assert len(warned) == count(warned="true") == alice.get(address).json()["counts"]["warning"] == 26
    assert all(row["warnings"] for row in warned)
    others = alice.get(address + "rows/", {"warned": "false", "limit": 200}).json()["results"]
    assert (len(others), any(row["warnings"] for row in others)) == (65, False)
    assert (count(), count(warned="false")) == (91, 65)
    assert (count(action="create", warned="true"), count(action="error", warned="true")) == (26, 0)
    for name, value in (("warned", "yes"), ("action", "delete")):
        refused = alice.get(address + "rows/", {name: value})
        assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, name)


def test_conflicts_are_told_from_cells_that_cannot_be_used(api_as):
    alice = api_as("alice")
    before = upload(alice, b"ID,Company,City\n7,Old,Rom\n").json()["id"]
    for step in ("validate/", "apply/"):
        alice.post(f"{IMPORTS}{before}/{step}")
        run_queued()
    content = b"ID,Company,E-mail\n1,Acme,\n1,Acme again,\n2,Beta,nonsense\n7,New name,\n"
    address = f"{IMPORTS}{upload(alice, content).json()['id']}/"
    alice.post(address + "validate/")
    run_queued()

    def lines(**narrow):
        found = alice.get(address + "rows/", {"action": "error"} | narrow).json()["results"]
        return [row["line"] for row in found]

    def counted():
        counts = alice.get(address).json()["counts"]
        return counts["error"], counts["conflict"]

    assert counted() == (2, 1)
    assert (lines(), lines(conflict="true"), lines(conflict="false")) == ([3, 4], [3], [4])
    refused = alice.get(address + "rows/", {"conflict": "maybe"})
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, "conflict")

    # What is left out is none any more; a record that somebody changes since the check becomes one.
    alice.patch(f"{address}rows/3/", {"is_excluded": True})
    assert counted() == (1, 0)
    (old,) = alice.get("/api/crm/customers/", {"q": "Old"}).json()["results"]
    alice.patch(
        f"/api/crm/customers/{old['id']}/",
        {"source": "fair"},
        headers={"If-Match": f'"{old["version"]}"'},
    )
    alice.post(address + "apply/")
    run_queued()
    assert (counted(), lines(conflict="true")) == ((2, 1), [5])


def test_a_ragged_row_is_suggested_mended_and_left_out(api_as):
    alice = api_as("alice")
    address = f"{IMPORTS}{upload(alice, RAGGED).json()['id']}/"
    alice.post(address + "validate/")
    run_queued()
    rows = alice.get(address + "rows/", {"action": "error"}).json()["results"]
    assert len(rows) == 24
    assert rows[0]["errors"][0]["code"] == "too_many_cells"
    assert rows[0]["suggested_cells"][4] == "24, place Kléber"

    line = rows[0]["line"]
    mended = alice.patch(f"{address}rows/{line}/", {"cells": rows[0]["suggested_cells"]})
    assert mended.status_code == 200, mended.content
    assert (mended.json()["action"], mended.json()["values"]["billing_city"]) == ("create", "Strasbourg")
    excluded = alice.patch(f"{address}rows/{rows[1]['line']}/", {"is_excluded": True}).json()
    assert (excluded["action"], excluded["is_excluded"]) == ("excluded", True)
    typed = alice.patch(f"{address}rows/2/", {"values": {"email": "nonsense"}}).json()
    assert [(e["field"], e["code"]) for e in typed["errors"]] == [("email", "invalid_email")]
    typed = alice.patch(f"{address}rows/2/", {"values": {"email": "info@alfreds.example"}}).json()
    assert (typed["errors"], typed["values"]["email"]) == ([], "info@alfreds.example")
    assert alice.get(address).json()["counts"] == {
        "create": 68, "update": 0, "unchanged": 0, "error": 22, "excluded": 1, "warning": 27, "conflict": 0,
    }  # fmt: skip

    # What was corrected by hand outlives a second dry run with another mapping.
    job = alice.get(address).json()
    changed = alice.patch(address, {"mapping": {"3": None}}, headers={"If-Match": f'"{job["version"]}"'})
    assert (changed.status_code, changed.json()["state"]) == (200, "draft")
    alice.post(address + "validate/")
    run_queued()
    assert alice.get(address).json()["counts"]["create"] == 68
    file = alice.get(address + "errors/")
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert (len(lines), lines[0][:3]) == (24, ["Import line", "Import problem", "customerID"])
    assert lines[1][:2] == [
        "9", "Left out by hand. The row has 12 cells but the header has 11."
    ]  # fmt: skip
    assert lines[2][:2] == ["10", "The row has 12 cells but the header has 11."]


def test_the_tag_is_proposed_and_chosen_without_another_dry_run(api_as):
    alice = api_as("alice")
    job = upload(alice, NORTHWIND, name="Kunden Süd.csv").json()
    assert re.fullmatch(r"import:Kunden Süd \d{4}-\d\d-\d\d", job["tag_name"])
    assert job["tag_id"] is None
    address = f"{IMPORTS}{job['id']}/"
    alice.post(address + "validate/")
    run_queued()

    def choose(name):
        version = alice.get(address).json()["version"]
        return alice.patch(address, {"tag_name": name}, headers={"If-Match": f'"{version}"'})

    for wrong in ("x" * 51, None, ["a"]):
        refused = choose(wrong)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/tag_name"), wrong
    chosen = choose("  Fa\u0308hre  ").json()
    assert (chosen["state"], chosen["tag_name"]) == ("validated", "Fähre")
    assert chosen["counts"]["create"] == 91
    alice.post(address + "apply/")
    run_queued()
    (tag,) = alice.get("/api/crm/tags/").json()["results"]
    assert (tag["name"], alice.get(address).json()["tag_id"]) == ("Fähre", tag["id"])
    assert alice.get("/api/crm/tags/uses/").json() == [
        {"tag": tag["id"], "customers": 91, "contacts": 0, "deals": 0}
    ]
    assert choose("other").status_code == 409

    alice.post(address + "revert/")
    run_queued()
    assert alice.get("/api/crm/tags/").json()["results"] == []
    assert choose("").json()["tag_name"] == ""


def test_a_workbook_comes_in_like_a_text_file(api_as):
    book = openpyxl.Workbook()
    book.active.append(["Company", "PLZ", "Country", "Tax exempt", "Exemption expires"])
    book.active.append(["Acme", 12209, "Germany", True, dt.date(2027, 12, 31)])
    book.active.append(["Beta", "01307", "Deutschland", None, None])
    buffer = io.BytesIO()
    book.save(buffer)
    alice = api_as("alice")
    response = upload(alice, buffer.getvalue(), "customers.xlsx")
    assert response.status_code == 201, response.content
    job = response.json()
    assert (job["dialect"]["format"], job["dialect"]["sheet"], job["dialect"]["encoding"]) == (
        "xlsx", "Sheet", None,
    )  # fmt: skip
    address = f"{IMPORTS}{job['id']}/"
    alice.post(address + "validate/")
    run_queued()
    rows = alice.get(address + "rows/").json()["results"]
    assert rows[0]["values"] == {
        "business_name": "Acme", "billing_postal_code": "12209", "billing_country": "DE",
        "is_tax_exempt": True, "tax_exempt_expires_on": "2027-12-31",
    }  # fmt: skip
    assert rows[1]["values"]["billing_postal_code"] == "01307"


def test_the_same_upload_sent_twice_makes_one_import(api_as):
    alice = api_as("alice")
    first, second = (
        alice.post(IMPORTS, {"file": SimpleUploadedFile("a.csv", NORTHWIND)}, format="multipart",
                   headers={"Idempotency-Key": "k1"})
        for _ in range(2)
    )  # fmt: skip
    assert first.json()["id"] == second.json()["id"]
    assert len(alice.get(IMPORTS).json()["results"]) == 1


def test_what_is_exported_comes_back_unchanged(api_as):
    alice = api_as("alice")
    rows = ["ID,Company,City,Notes", "1,=1+1,+Berlin,@x", "2,'=quoted,-Rom,tab", ",＝wide,Köln,"]
    address = f"{IMPORTS}{upload(alice, chr(10).join(rows).encode()).json()['id']}/"
    alice.post(address + "validate/")
    run_queued()
    alice.post(address + "apply/")
    run_queued()
    before = alice.get("/api/crm/customers/", {"ordering": "account_number"}).json()["results"]
    export = b"".join(alice.get("/api/crm/customers/export/").streaming_content)
    cells = list(csv.reader(io.StringIO(export.decode("utf-8-sig"))))
    assert not [cell for row in cells for cell in row if cell[:1] in set("=+-@＝＋－＠")]
    again = upload(alice, export).json()
    address = f"{IMPORTS}{again['id']}/"
    alice.post(address + "validate/")
    run_queued()
    counts = alice.get(address).json()["counts"]
    assert (counts["unchanged"], counts["update"], counts["create"], counts["error"]) == (3, 0, 0, 0), (
        json.dumps(alice.get(address + "rows/").json())
    )
    assert alice.get("/api/crm/customers/", {"ordering": "account_number"}).json()["results"] == before
