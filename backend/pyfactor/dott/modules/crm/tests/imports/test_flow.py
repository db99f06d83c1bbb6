"""The whole way of a real file: dry run, apply, run again, revert; against PostgreSQL, as the app's roles."""

from typing import Any

import pytest
import structlog
from django.db import connections

from dott.modules.crm.actions.customers import create_customer, update_customer
from dott.modules.crm.actions.imports import ImportBusy, allow_slow_upload, create_import, validate_import
from dott.modules.crm.imports import background, matching
from dott.modules.crm.imports.errors import ImportFileError
from dott.modules.crm.imports.reader import suggest_cells
from dott.modules.crm.models import Customer, ImportJob
from dott.modules.crm.tests.imports.flow import NORTHWIND, RAGGED, UNCOMPARED
from dott.platform.files.store import path_of
from dott.platform.history.models import Change, ChangeSet
from dott.platform.jobs.testing import run_queued
from dott.platform.tenancy.router import APP, MIGRATOR

# What a mended row must have in common with the same row of the whole file.
SAME = (
    "business_name", "first_name", "last_name", "billing_line1", "billing_city", "billing_region",
    "billing_postal_code", "billing_country", "phone", "phone_raw", "notes",
)  # fmt: skip


def path_under(directory):
    return [str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()]


pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_northwind_comes_in_whole(alice):
    job = alice.validate(alice.upload(NORTHWIND))
    assert (job.shown_state, job.row_count, job.match_keys) == ("validated", 91, ["external_id"])
    assert job.counts == {
        "create": 91,
        "update": 0,
        "unchanged": 0,
        "error": 0,
        "excluded": 0,
        "warning": 43,
        "conflict": 0,
    }
    assert alice.customers() == {}

    job = alice.apply(job.id)
    assert job.shown_state == "applied"
    customers = alice.customers()
    assert len(customers) == 91
    assert len({customer["billing_country"] for customer in customers.values()}) == 21
    assert sum(bool(customer["phone"]) for customer in customers.values()) == 48
    assert sum(bool(customer["phone_raw"]) for customer in customers.values()) == 43
    assert sorted(customer["number"] for customer in customers.values()) == list(range(1, 92))
    folko = customers["FOLKO"]
    assert (folko["display_name"], folko["billing_city"], folko["first_name"], folko["last_name"]) == (
        "Folk och fä HB", "Bräcke", "Maria", "Larsson",
    )  # fmt: skip
    assert (folko["kind"], folko["stage"], folko["status"], folko["version"]) == (
        "business", "customer", "active", 1,
    )  # fmt: skip
    assert folko["notes"] == "Contact title: Owner"


def test_the_planner_learns_of_a_large_import_at_once(alice, monkeypatch):
    monkeypatch.setattr(background, "MANY_ROWS", 91)
    alice.apply(alice.validate(alice.upload(NORTHWIND)).id)
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'crm_customer'::regclass")
        assert cursor.fetchone() == (91,)


def left_pending() -> int:
    """Pages of new entries that nobody has sorted into the index of the search yet; they are now."""
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('crm_customer_search')")
        return int(cursor.fetchone()[0])


def test_a_large_import_leaves_the_index_of_the_search_sorted(alice, monkeypatch):
    left_pending()
    alice.bring_in("External ID,Name\nA1,Small\n", mapping=["external_id", "business_name"])
    assert left_pending() > 0
    monkeypatch.setattr(background, "MANY_ROWS", 91)
    alice.bring_in(NORTHWIND)
    assert left_pending() == 0


def test_an_import_ends_also_when_nobody_sorts_beside_it(alice, monkeypatch):
    monkeypatch.setattr(background, "MANY_ROWS", 91)
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute("REVOKE EXECUTE ON FUNCTION app.sort_pending(regclass) FROM dott_worker")
    try:
        with structlog.testing.capture_logs() as logs:
            job = alice.bring_in(NORTHWIND)
    finally:
        with connections[MIGRATOR].cursor() as cursor:
            cursor.execute("GRANT EXECUTE ON FUNCTION app.sort_pending(regclass) TO dott_worker")
    assert (job.shown_state, len(alice.customers())) == ("applied", 91)
    assert "pending_not_sorted" in {line["event"] for line in logs}


def test_the_ragged_file_is_named_mended_and_never_shifted(alice):
    job = alice.validate(alice.upload(RAGGED))
    assert (job.counts["create"], job.counts["error"]) == (67, 24)
    broken = alice.rows(job.id, action="error")
    assert [row.line for row in broken][:4] == [8, 9, 10, 16]
    assert {row.errors[0]["code"] for row in broken} == {"too_many_cells"}
    assert {len(row.cells) for row in broken} == {12}

    for row in broken[:-1]:
        alice.edit(job.id, row.line, cells=suggest_cells(row.cells, 11))
    alice.edit(job.id, broken[-1].line, is_excluded=True)
    assert alice.job(job.id).counts == {
        "create": 90, "update": 0, "unchanged": 0, "error": 0, "excluded": 1, "warning": 42, "conflict": 0,
    }  # fmt: skip
    alice.apply(job.id)
    mended = alice.customers()
    assert len(mended) == 90
    left_out = broken[-1].cells[0]

    alice.revert(job.id)
    alice.bring_in(NORTHWIND)
    whole = alice.customers()
    del whole[left_out]
    for external_id, customer in whole.items():
        ours = mended[external_id]
        assert {name for name in SAME if ours[name] != customer[name]} == set(), external_id


def test_without_mending_the_broken_rows_are_left_out(alice):
    job = alice.bring_in(RAGGED)
    assert job.shown_state == "applied"
    customers = alice.customers()
    assert len(customers) == 67
    assert {customer["billing_country"] for customer in customers.values()} & {"67000", "28023"} == set()


def test_running_the_same_file_again_changes_nothing(alice):
    alice.bring_in(NORTHWIND)
    before = alice.customers()
    job = alice.validate(alice.upload(NORTHWIND))
    assert (job.counts["unchanged"], job.counts["create"], job.counts["update"]) == (91, 0, 0)
    job = alice.apply(job.id)
    assert (job.shown_state, job.change_set_id) == ("applied", None)
    assert alice.customers() == before


def test_changes_show_old_and_new_and_are_reverted_exactly(alice):
    alice.bring_in("ID;Company;City;Phone;Country\n1;Acme;Berlin;?;DE\n2;Beta;Rom;;IT\n")
    before = alice.customers()
    changed = (
        "ID;Company;City;Phone;Country;Comments\n1;Acme;Köln;0221 123456;DE;hello\n2;Beta;;;IT;\n3;New;;;;\n"
    )
    job = alice.validate(alice.upload(changed))
    assert (job.counts["update"], job.counts["unchanged"], job.counts["create"]) == (1, 1, 1)
    (row,) = alice.rows(job.id, action="update")
    assert row.diff == {
        "billing_city": ["Berlin", "Köln"],
        "phone": ["", "+49221123456"],
        "phone_raw": ["?", ""],
        "notes": ["", "hello"],
    }
    alice.apply(job.id)
    after = alice.customers()
    assert (after["1"]["billing_city"], after["1"]["version"]) == ("Köln", 2)
    assert (after["2"], after["3"]["display_name"]) == (before["2"], "New")

    job = alice.revert(job.id)
    assert (job.shown_state, job.error) == ("reverted", None)
    reverted = alice.customers()
    assert set(reverted) == {"1", "2"}
    assert reverted["2"] == before["2"]
    assert {name: value for name, value in reverted["1"].items() if name not in UNCOMPARED} == {
        name: value for name, value in before["1"].items() if name not in UNCOMPARED
    }
    assert reverted["1"]["version"] == 3


def test_a_revert_keeps_what_was_changed_after_the_import_and_names_it(alice):
    job = alice.bring_in("ID,Company\n1,Acme\n2,Beta\n3,Gamma\n")
    with alice.enter() as actor:
        update_customer(
            actor=actor, customer=Customer.objects.get(external_id="2"), values={"source": "fair"}
        )
    job = alice.revert(job.id)
    assert job.shown_state == "reverted"
    assert job.error == {
        "code": "rows_kept",
        "detail": "Changed after the import and therefore kept: the customer of line 3.",
    }
    assert set(alice.customers()) == {"2"}
    assert [row.conflicts[0]["code"] for row in alice.rows(job.id) if row.conflicts] == [
        "changed_after_import"
    ]


def test_an_apply_refuses_rows_that_changed_since_the_check(alice):
    alice.bring_in("ID,Company,City\n1,Acme,Berlin\n")
    job = alice.validate(alice.upload("ID,Company,City\n1,Acme,Rom\n2,Beta,Rom\n3,Gamma,Rom\n"))
    with alice.enter() as actor:
        update_customer(
            actor=actor, customer=Customer.objects.get(external_id="1"), values={"source": "fair"}
        )
        create_customer(actor=actor, values={"business_name": "Faster", "external_id": "2"})
    job = alice.apply(job.id)
    assert (job.shown_state, job.counts["error"], job.counts["create"]) == ("applied", 2, 1)
    customers = alice.customers()
    assert (customers["1"]["billing_city"], customers["2"]["display_name"]) == ("Berlin", "Faster")
    assert customers["3"]["billing_city"] == "Rom"
    assert [row.conflicts[0]["code"] for row in alice.rows(job.id, action="error")] == ["changed_since"] * 2


def test_every_changed_customer_has_its_history(alice):
    alice.bring_in("ID,Company,City\n1,Acme,Berlin\n")
    job = alice.bring_in("ID,Company,City\n1,Acme,Rom\n2,Beta,Rom\n")
    alice.revert(job.id)
    customers = alice.customers()
    with alice.enter():
        sets = list(ChangeSet.objects.order_by("created_at"))
        changes = list(
            Change.objects.order_by("id").values("change_set_id", "operation", "before", "after", "record_id")
        )
    assert [s.kind for s in sets] == ["import"] * 3
    assert sets[2].undoes_id == sets[1].id
    assert sets[0].reason == "import customers.csv"
    of_acme = [c for c in changes if c["record_id"] == customers["1"]["id"]]
    assert [(c["operation"], c["before"], c["after"]) for c in of_acme] == [
        ("create", {}, {
            "number": 1, "kind": "business", "stage": "customer", "status": "active",
            "external_id": "1", "business_name": "Acme", "billing_city": "Berlin",
        }),
        ("update", {"billing_city": "Berlin"}, {"billing_city": "Rom"}),
        ("update", {"billing_city": "Rom"}, {"billing_city": "Berlin"}),
    ]  # fmt: skip
    assert [c["operation"] for c in changes if c["record_id"] != customers["1"]["id"]] == ["create", "delete"]


def test_another_business_sees_nothing_and_matches_nothing(alice, bob):
    job = alice.bring_in(NORTHWIND)
    assert bob.customers() == {}
    assert bob.rows(job.id) == []
    bobs = bob.validate(bob.upload(NORTHWIND))
    assert (bobs.counts["create"], bobs.counts["unchanged"]) == (91, 0)
    bob.apply(bobs.id)
    assert len(bob.customers()) == len(alice.customers()) == 91
    bob.revert(bobs.id)
    assert (len(bob.customers()), len(alice.customers())) == (0, 91)


def test_a_job_that_cannot_go_on_says_why_and_writes_nothing(alice):
    job_id = alice.upload("ID,Company\n1,Müller\n")
    with alice.enter():
        job = ImportJob.objects.get(id=job_id)
        path_of(job.file_key).write_bytes(b"ID,Company\n1,M\xfcller\n")
    job = alice.validate(job_id)
    assert (job.shown_state, job.error["code"]) == ("failed", "wrong_encoding")
    assert alice.rows(job_id) == []
    with pytest.raises(ImportBusy):
        alice.apply(job_id)


@pytest.mark.asvs("2.3.1")
def test_steps_cannot_be_skipped_or_repeated(alice):
    job_id = alice.upload(NORTHWIND)
    for step in (alice.apply, alice.revert):
        with pytest.raises(ImportBusy):
            step(job_id)
    alice.apply(alice.validate(job_id).id)
    for step in (alice.validate, alice.apply):
        with pytest.raises(ImportBusy):
            step(job_id)
    alice.revert(job_id)
    with pytest.raises(ImportBusy):
        alice.revert(job_id)
    assert alice.apply(alice.validate(job_id).id).shown_state == "applied"
    assert len(alice.customers()) == 91


def test_a_failed_upload_leaves_no_file(alice, files_dir):
    with pytest.raises(ImportFileError), alice.enter() as actor:
        create_import(actor=actor, file_name="x.csv", chunks=[b"a,a\n1,2\n"])
    assert [path for path in files_dir.rglob("*") if path.is_file()] == []


def test_files_lie_below_their_tenant_under_names_that_say_nothing(alice, files_dir, world):
    with alice.enter() as actor:
        job = create_import(actor=actor, file_name="../../etc/pass\nwd.csv", chunks=[NORTHWIND])
    assert job.file_name == "passwd.csv"
    assert path_under(files_dir) == [f"{world.bakery}/{job.file_key}"]


def test_progress_is_visible_while_the_job_runs(alice, monkeypatch):
    seen = []
    original = matching.mark_duplicates

    def mark_duplicates(*args, **kwargs):
        seen.append(read_progress(job_id))
        return original(*args, **kwargs)

    def read_progress(job_id):
        # A request of its own, on another connection than the job's.
        return alice.job(job_id).job.progress

    monkeypatch.setattr(matching, "mark_duplicates", mark_duplicates)
    job_id = alice.upload(NORTHWIND)
    with alice.enter() as actor:
        validate_import(actor=actor, job=ImportJob.objects.get(id=job_id))
    run_queued()
    assert seen == [{"phase": "matching", "done": 0, "total": 91}]


def test_an_upload_may_come_over_a_slow_line(alice):
    def patience(cursor: Any) -> str:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        return str(cursor.fetchone()[0])

    with alice.enter(), connections[APP].cursor() as cursor:
        usual = patience(cursor)
        allow_slow_upload()
        assert patience(cursor) == "10min" != usual
    with alice.enter(), connections[APP].cursor() as cursor:
        assert patience(cursor) == usual
