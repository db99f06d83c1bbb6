"""How a business's file ends: its week, the next one, an erasure; and who is told."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import ProgrammingError, connections
from django.utils import timezone

from dott.platform.history.models import ChangeSet
from dott.platform.identity.memberships import all_memberships
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import enqueue
from dott.platform.jobs.testing import queue_due, run_queued
from dott.platform.portability import exports
from dott.platform.portability.exports import REASON
from dott.platform.portability.models import BusinessExport
from dott.platform.portability.tests.support import (
    InTenant,
    content_of,
    ready,
    refused,
    started,
    stored,
)
from dott.platform.tenancy import transactions
from dott.platform.tenancy.router import APP, WORKER

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_after_a_week_the_file_goes_and_what_is_known_of_it_stays(
    api_as: Any, in_tenant: InTenant, files: Path
) -> None:
    alice = api_as("alice")
    address = ready(alice)
    with in_tenant("alice"):
        export = BusinessExport.objects.get()
        assert export.expires_at - export.finished_at == timedelta(days=7)
        purge = Job.objects.filter(kind="portability.purge")
        assert purge.get().run_after > timezone.now() + timedelta(days=6)
        BusinessExport.objects.update(expires_at=timezone.now())
    # Not gone yet, and not given out any more.
    assert len(stored(files)) == 1
    assert refused(alice.get(f"{address}download/")) == (404, "not_found")
    with in_tenant("alice"):
        purge.update(run_after=timezone.now())
    queue_due()
    run_queued()
    assert stored(files) == []
    gone = alice.get(address).json()
    assert (gone["status"], len(gone["sha256"])) == ("expired", 64)
    with in_tenant("alice"):
        assert not purge.exists()


def test_a_new_file_takes_the_place_of_the_one_before(api_as: Any, files: Path) -> None:
    alice = api_as("alice")
    first = ready(alice)
    second = ready(alice)
    assert [alice.get(address).json()["status"] for address in (first, second)] == ["expired", "ready"]
    assert len(stored(files)) == 1
    assert refused(alice.get(f"{first}download/")) == (404, "not_found")
    content_of(alice.get(f"{second}download/"))


def erase_nina(alice: Any, is_dry_run: bool) -> Any:
    """Nina is nowhere in the business but in its file, for all that anybody can tell."""
    given = alice.post("/api/tenants/current/privacy-pass/").json()["pass"]
    body = {"emails": ["nina@example.com"], "dry_run": True}
    dry = alice.post("/api/privacy/erasures/", body)
    assert dry.status_code == 200, dry.content
    if is_dry_run:
        return dry
    body |= {"dry_run": False, "pass": given, "confirm": dry.json()["confirm"]}
    return alice.post("/api/privacy/erasures/", body)


def test_whoever_is_erased_is_in_no_file_that_is_left(api_as: Any, files: Path) -> None:
    alice = api_as("alice")
    address = ready(alice)
    assert erase_nina(alice, is_dry_run=True).json()["counts"]["handed"] == {"portability.businessexport": 1}
    content_of(alice.get(f"{address}download/"))
    assert erase_nina(alice, is_dry_run=False).status_code == 201
    assert alice.get(address).json()["status"] == "expired"
    assert stored(files) == []


def test_nor_in_one_that_was_being_made(
    api_as: Any, in_tenant: InTenant, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = api_as("alice")
    address = started(alice)

    def meanwhile(stream: Any, report: Any) -> dict[str, int]:
        assert erase_nina(alice, is_dry_run=False).status_code == 201
        return {}

    monkeypatch.setattr(exports, "take_out", meanwhile)
    run_queued()
    assert alice.get(address).json()["error"]["code"] == "forgotten"
    assert stored(files) == []


def test_the_purge_comes_back_for_the_next_one(api_as: Any, in_tenant: InTenant, files: Path) -> None:
    alice = api_as("alice")
    ready(alice)
    with in_tenant("alice"):
        Job.objects.filter(kind="portability.purge").update(run_after=timezone.now())
    queue_due()
    run_queued()
    assert len(stored(files)) == 1
    with in_tenant("alice"):
        (kept,) = BusinessExport.objects.filter(purged_at__isnull=True)
        assert Job.objects.get(kind="portability.purge").run_after == kept.expires_at


def test_all_owners_are_told_and_the_log_knows(
    api_as: Any, world: Any, in_tenant: InTenant, files: Path
) -> None:
    all_memberships().filter(pk=world["adam"].membership_id).update(role="owner")
    ready(api_as("alice"))
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert set(letters) == {"alice@example.com", "adam@example.com"}
    assert "Alice has asked for a file" in letters["adam@example.com"]
    assert "/bakery/settings/your-data" in letters["adam@example.com"]
    with in_tenant("alice"):
        (entry,) = ChangeSet.objects.filter(reason=REASON)
        assert entry.actor_id == world["alice"].membership_id


@pytest.mark.asvs("8.2.1")
def test_addresses_are_given_to_the_worker_alone_and_only_for_an_owner(
    in_tenant: InTenant, world: Any
) -> None:
    jobs = {}
    for name in ("alice", "mia"):
        with in_tenant(name):
            jobs[name] = enqueue(exports.KIND).id

    def addresses(name: str) -> list[str]:
        with transactions.job(jobs[name]), connections[WORKER].cursor() as cursor:
            cursor.execute("SELECT email FROM app.member_addresses() ORDER BY email")
            return [email for (email,) in cursor.fetchall()]

    assert addresses("alice") == [f"{name}@example.com" for name in ("adam", "alice", "mia", "sam", "vera")]
    assert addresses("mia") == []
    with (
        pytest.raises(ProgrammingError, match="permission denied for function member_addresses"),
        in_tenant("alice"),
        connections[APP].cursor() as cursor,
    ):
        cursor.execute("SELECT email FROM app.member_addresses()")
