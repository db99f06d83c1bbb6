"""An applied mapping is where the next file with the same columns starts, until it is forgotten."""

import pytest

from dott.modules.crm.actions.imports import change_import
from dott.modules.crm.imports.memory import key_of
from dott.modules.crm.models import ImportJob

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

FIRST = "Firm,Colour,Mail\nAcme,blue,a@acme.example\n"
SECOND = "mail,FIRM,Colour\nb@beta.example,Beta,red\n"


def change(importer, job_id, **changes):
    with importer.enter() as actor:
        return change_import(actor=actor, job=ImportJob.objects.get(id=job_id), changes=changes)


def fields(importer, job_id):
    return {column["header"].casefold(): column["field"] for column in importer.job(job_id).columns}


def apply_first(importer):
    job_id = importer.upload(FIRST)
    change(importer, job_id, mapping={1: "industry"}, match_keys=["business_name"], mode="create")
    return importer.apply(importer.validate(job_id).id)


def test_the_next_file_starts_with_the_last_mapping_in_any_order_and_case(alice):
    job = apply_first(alice)
    again = alice.job(alice.upload(SECOND))
    assert fields(alice, again.id) == {"mail": "email", "firm": "business_name", "colour": "industry"}
    assert (again.match_keys, again.mode) == (["business_name"], "create")
    assert again.mapped_like["id"] == str(job.id)
    assert again.mapped_like["file_name"] == "customers.csv"


def test_only_what_was_applied_and_stands_is_remembered(alice):
    job_id = alice.upload(FIRST)
    change(alice, job_id, mapping={1: "industry"})
    assert alice.job(alice.upload(SECOND)).mapped_like is None
    alice.apply(alice.validate(job_id).id)
    assert alice.job(alice.upload(SECOND)).mapped_like is not None
    alice.revert(job_id)
    assert alice.job(alice.upload(SECOND)).mapped_like is None


def test_other_columns_start_anew(alice):
    apply_first(alice)
    assert alice.job(alice.upload("Firm,Colour\nAcme,blue\n")).mapped_like is None


def test_another_business_remembers_nothing_of_it(alice, bob):
    apply_first(alice)
    assert bob.job(bob.upload(SECOND)).mapped_like is None


def test_a_mapping_is_forgotten(alice):
    apply_first(alice)
    job_id = alice.upload(SECOND)
    job = change(alice, job_id, forget_mapping=True)
    assert (job.mapped_like, job.match_keys) == (None, ["email"])
    assert fields(alice, job_id)["colour"] == "notes"
    assert alice.job(alice.upload(SECOND)).mapped_like is None
    alice.apply(alice.validate(job_id).id)
    assert alice.job(alice.upload(FIRST)).mapped_like["id"] == str(job_id)


def test_a_field_that_is_no_more_is_proposed_anew(alice):
    job = apply_first(alice)
    with alice.enter():
        stored = ImportJob.objects.get(id=job.id)
        stored.columns[1]["field"] = "shoe_size"
        stored.save()
    assert fields(alice, alice.upload(SECOND)) == {
        "mail": "email", "firm": "business_name", "colour": "notes",
    }  # fmt: skip


def test_a_set_of_headers_has_one_key():
    assert key_of(["A", "b"]) == key_of(["B", "a"]) != key_of(["a b"])
