"""The file of rows that were not imported: what it says, and that it comes back mended."""

import csv
import io

import pytest

from dott.modules.crm.imports.formula import NEEDS_GUARD
from dott.modules.crm.imports.mending import rows_to_mend

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

FILE = """ID,Company,E-mail,Comments
1,Acme,info@acme.example,fine
2,Beta,nonsense,=1+1
3,,,no name
4,Gamma,gamma@x.example,'=kept
4,Gamma again,,twice
5,Delta,delta@x.example,not wanted
"""


def cells_of(importer, job_id):
    job = importer.job(job_id)
    with importer.enter():
        file = rows_to_mend(job)
    return list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"))))


def test_each_failed_or_left_out_row_says_its_line_and_the_reason_of_each_cell(alice):
    job = alice.validate(alice.upload(FILE))
    alice.edit(job.id, 7, is_excluded=True)
    header, *rows = cells_of(alice, job.id)
    assert header == ["Import line", "Import problem", "ID", "Company", "E-mail", "Comments"]
    assert [row[0] for row in rows] == ["3", "4", "6", "7"]
    assert rows[0][1].startswith("E-mail: ")
    assert [row[1] for row in rows[1:]] == [
        "A person needs a first or a last name.",
        "Line 5 of this file is about the same customer.",
        "Left out by hand.",
    ]
    assert rows[0][2:] == ["2", "Beta", "nonsense", "'=1+1"]
    assert not [cell for row in rows for cell in row if NEEDS_GUARD.match(cell) and cell[:1] != "'"]


def test_the_mended_file_comes_in_as_the_first_would_have(alice):
    first = alice.bring_in(FILE)
    assert first.counts["error"] == 3
    header, *rows = cells_of(alice, first.id)
    mended = {"3": (4, "info@beta.example"), "4": (3, "Named"), "6": (2, "6")}
    for row in rows:
        place, text = mended[row[0]]
        row[place] = text
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])

    again = alice.validate(alice.upload(out.getvalue()))
    assert [column["field"] for column in again.columns[:2]] == [None, None]
    assert again.mapped_like["id"] == str(first.id)
    assert (again.counts["create"], again.counts["error"]) == (3, 0)
    alice.apply(again.id)
    customers = alice.customers()
    assert sorted(customers) == ["1", "2", "3", "4", "5", "6"]
    assert (customers["2"]["email"], customers["2"]["notes"]) == ("info@beta.example", "=1+1")
    assert customers["4"]["notes"] == "=kept"
    assert not [one for one in customers.values() if "Import" in one["notes"]]


def test_columns_of_those_names_are_the_files_own_unless_both_are_there(alice):
    job = alice.job(alice.upload("Import line,Company\n7,Acme\n"))
    assert [column["field"] for column in job.columns] == ["notes", "business_name"]
