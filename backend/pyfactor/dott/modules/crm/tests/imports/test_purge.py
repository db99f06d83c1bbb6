"""Old imports lose their file and rows; until then they can be reverted, and after it all say so."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from dott.modules.crm.imports.limits import KEEP_APPLIED_DAYS, KEEP_OTHERS_DAYS
from dott.modules.crm.models import Customer, ImportJob, ImportRow
from dott.modules.crm.tests.imports.flow import NORTHWIND, Importer
from dott.platform.history.record import SEAL
from dott.platform.identity.memberships import all_memberships
from dott.platform.jobs.models import Job
from dott.platform.jobs.testing import queue_due, run_queued
from dott.platform.tenancy.router import MIGRATOR

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
URL = "/api/crm/imports/"


@pytest.fixture
def let_pass(files_dir):
    """`let_pass(30)`: every stored time is so many days further in the past."""

    def shift(days):
        with connections[MIGRATOR].cursor() as cursor:
            # The owner is held to row-level security like everybody; the clock is nobody's in particular.
            cursor.execute("ALTER TABLE jobs_job NO FORCE ROW LEVEL SECURITY")
            # Sealing the log has a clock of its own.
            cursor.execute("DELETE FROM jobs_job WHERE kind = %s", [SEAL])
            for table, columns in {
                "crm_import_job": ("created_at", "updated_at", "applied_at", "reverted_at"),
                "jobs_job": ("run_after",),
            }.items():
                moved = ", ".join(f"{name} = {name} - interval '{days} days'" for name in columns)
                cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
                cursor.execute(f"UPDATE {table} SET {moved}")
                cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")

    return shift


@pytest.fixture
def stored_files(files_dir):
    return lambda: [path for path in files_dir.rglob("*") if path.is_file()]


@pytest.fixture
def alice(in_tenant):
    return Importer(in_tenant, "alice")


def clock():
    """One hour of the worker: due jobs are queued and run."""
    queue_due()
    return run_queued()


def test_an_applied_import_can_be_reverted_until_its_time_is_over(alice, let_pass, stored_files, api_as):
    job = alice.bring_in(NORTHWIND)
    let_pass(KEEP_APPLIED_DAYS - 1)
    assert clock() == 1
    assert (len(stored_files()), len(alice.rows(job.id))) == (1, 91)
    assert clock() == 0, "It was put off until the import is due, not asked again every hour."

    let_pass(1)
    assert clock() == 1
    assert (stored_files(), alice.rows(job.id)) == ([], [])
    assert len(alice.customers()) == 91
    assert clock() == 0
    seen = api_as("alice").get(f"{URL}{job.id}/").json()
    assert seen["details_purged_at"] is not None
    assert (seen["state"], seen["counts"]["create"], seen["version"]) == ("applied", 91, job.version + 1)
    assert seen["sample_rows"] == []
    assert [(column["samples"], column["preview"]) for column in seen["columns"]] == [([], [])] * 11


def test_what_needs_the_details_says_that_they_are_gone(alice, let_pass, api_as, world):
    job = alice.bring_in(NORTHWIND)
    let_pass(KEEP_APPLIED_DAYS)
    clock()
    browser, address = api_as("alice"), f"{URL}{job.id}/"
    answers = [
        browser.get(address + "rows/"),
        browser.get(address + "errors/"),
        browser.patch(address + "rows/2/", {"is_excluded": True}),
        browser.post(address + "revert/"),
        browser.post(address + "validate/"),
        browser.post(address + "apply/"),
        browser.patch(address, {"mode": "create"}, headers={"If-Match": "*"}),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (409, "details_purged")
    ] * 7
    assert answers[0]["Content-Type"] == "application/problem+json"
    assert run_queued() == 0
    assert len(alice.customers()) == 91
    foreign = [api_as("bob").get(address + path) for path in ("rows/", "errors/")]
    assert [answer.status_code for answer in foreign] == [404, 404]


@pytest.mark.parametrize("state", ["draft", "validated", "reverted", "failed"])
def test_finished_and_abandoned_imports_go_after_fewer_days(alice, in_tenant, let_pass, stored_files, state):
    if state == "reverted":
        job = alice.revert(alice.bring_in(NORTHWIND).id)
    else:
        job = alice.job(alice.upload(NORTHWIND))
        if state != "draft":
            job = alice.validate(job.id)
    if state == "failed":
        with in_tenant("alice"):
            ImportJob.objects.update(state="applying")
            Job.objects.exclude(run_after__isnull=False).update(state="failed")
    assert alice.job(job.id).shown_state == state
    let_pass(KEEP_OTHERS_DAYS - 1)
    clock()
    assert len(stored_files()) == 1
    let_pass(1)
    clock()
    assert (stored_files(), alice.rows(job.id)) == ([], [])
    purged = alice.job(job.id)
    assert purged.details_purged_at is not None
    assert purged.shown_state == ("draft" if state == "failed" else state)


def test_work_on_an_import_starts_its_time_anew(alice, let_pass, stored_files):
    job_id = alice.upload(NORTHWIND)
    let_pass(KEEP_OTHERS_DAYS - 2)
    alice.validate(job_id)
    let_pass(3)
    clock()
    assert len(stored_files()) == 1
    let_pass(KEEP_OTHERS_DAYS - 3)
    clock()
    assert stored_files() == []


def test_each_business_is_entered_by_its_own_job_only(in_tenant, let_pass, stored_files, world):
    old, new = Importer(in_tenant, "alice"), Importer(in_tenant, "bob")
    old_id = old.upload(NORTHWIND)
    let_pass(KEEP_OTHERS_DAYS)
    new_id = new.upload(NORTHWIND)
    assert clock() == 1
    assert old.job(old_id).details_purged_at is not None
    assert new.job(new_id).details_purged_at is None
    assert [path.parent.name for path in stored_files()] == [str(world.bikes)]


def test_the_upkeep_outlives_the_member_who_left_it(in_tenant, let_pass, stored_files, world):
    mia = Importer(in_tenant, "mia")
    mia.upload(NORTHWIND)
    all_memberships().filter(id=world["mia"].membership_id).update(status="disabled")
    let_pass(KEEP_OTHERS_DAYS)
    assert clock() == 1
    assert stored_files() == []


def test_a_purge_that_fails_is_tried_again_the_next_day(
    alice, in_tenant, let_pass, stored_files, monkeypatch
):
    alice.upload(NORTHWIND)
    let_pass(KEEP_OTHERS_DAYS)
    with in_tenant("alice"):
        # As after two failed attempts: this is the last one of the day.
        Job.objects.filter(kind="crm.import.purge").update(attempts=2)
    with monkeypatch.context() as broken:
        broken.setattr("dott.platform.files.store.path_of", lambda key: 1 / 0)
        clock()
    with in_tenant("alice"):
        upkeep = Job.objects.get(kind="crm.import.purge")
        assert (upkeep.state, upkeep.attempts) == ("queued", 0)
        assert timedelta(hours=23) < upkeep.run_after - timezone.now() <= timedelta(days=1)
    assert len(stored_files()) == 1
    let_pass(1)
    clock()
    assert stored_files() == []


def test_the_command_finds_imports_whose_job_was_lost(alice, in_tenant, let_pass, stored_files, capsys):
    old_id = alice.upload(NORTHWIND)
    with in_tenant("alice"):
        Job.objects.all().delete()
    call_command("purge_imports")
    assert len(stored_files()) == 1
    let_pass(KEEP_OTHERS_DAYS)
    new_id = alice.upload(NORTHWIND)
    call_command("purge_imports")
    said = capsys.readouterr().out.splitlines()
    assert said == ["0 imports purged.", "bakery: 1 imports", "1 imports purged."]
    assert (alice.job(old_id).details_purged_at is None, alice.job(new_id).details_purged_at is None) == (
        False,
        True,
    )
    assert len(stored_files()) == 1
    with in_tenant("bob"):
        assert (ImportRow.objects.count(), Customer.objects.count()) == (0, 0)
