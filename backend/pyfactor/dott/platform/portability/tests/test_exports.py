"""A business's file by way of the web: who gets it, what is in it, and what becomes of it."""

import errno
import hashlib
import io
import threading
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import ProgrammingError, connections
from django.utils import timezone

from dott.platform.history.models import ChangeSet
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.tests.support import simultaneously
from dott.platform.jobs import runner
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import enqueue
from dott.platform.jobs.testing import queue_due, run_queued
from dott.platform.portability import exports
from dott.platform.portability.exports import REASON
from dott.platform.portability.models import BusinessExport
from dott.platform.portability.take_in import take_in
from dott.platform.portability.tests.support import InTenant, exported, fill
from dott.platform.tenancy import transactions
from dott.platform.tenancy.router import APP, WORKER
from tests.factories import factory_for

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

EXPORTS = "/api/tenants/current/exports/"


def started(client: Any) -> str:
    """The address of an export that has just been asked for."""
    answer = client.post(EXPORTS)
    assert answer.status_code == 202, answer.content
    assert answer.json()["status"] == "queued"
    assert answer["Location"] == f"{EXPORTS}{answer.json()['id']}/"
    return str(answer["Location"])


def ready(client: Any) -> str:
    """The address of one whose file is there."""
    address = started(client)
    run_queued()
    assert client.get(address).json()["status"] == "ready"
    return address


def content_of(answer: Any) -> bytes:
    """The whole file."""
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def refused(answer: Any) -> tuple[int, str]:
    """Status and code."""
    return answer.status_code, answer.json()["code"]


def run_until_failed(in_tenant: InTenant) -> None:
    """Every attempt that the queue would make."""
    with in_tenant("alice"):
        (job_id,) = Job.objects.filter(kind=exports.KIND, state="queued").values_list("id", flat=True)
    for _ in range(runner.MAX_ATTEMPTS - 1):
        with pytest.raises(runner.TryAgain):
            runner.run(job_id)
    runner.run(job_id)


def stored(files: Path) -> list[Path]:
    """What lies in the store, whole or not."""
    return [path for path in files.rglob("*") if path.is_file()]


def test_the_file_fills_an_empty_business_and_comes_out_of_it_again(
    api_as: Any, in_tenant: InTenant, same_members: None, files: Path
) -> None:
    with in_tenant("alice"):
        fill()
    alice = api_as("alice")
    address = ready(alice)
    answer = alice.get(f"{address}download/")
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="business-')
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    content = content_of(answer)
    shown = alice.get(address).json()
    assert shown["sha256"] == hashlib.sha256(content).hexdigest()
    assert shown["size_bytes"] == len(content)
    assert shown["records"]["crm.customer"] >= 5
    assert shown["error"] is None
    with in_tenant("bob"):
        taken = take_in(io.BytesIO(content))
    assert taken.counts == shown["records"]
    assert not taken.missing
    assert exported(in_tenant, "bob") == content


def test_members_who_are_gone_are_in_it_by_their_address(
    api_as: Any, world: Any, in_tenant: InTenant, files: Path
) -> None:
    with in_tenant("mia"):
        factory_for_customer().create(owner_id=world["mia"].membership_id)
    all_memberships().filter(pk=world["mia"].membership_id).update(status="disabled")
    alice = api_as("alice")
    content = content_of(alice.get(f"{ready(alice)}download/"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        customers = archive.read("data/crm.customer.ndjson").decode()
    assert "mia@example.com" in customers
    assert str(world["mia"].membership_id) not in customers


def test_it_is_of_the_moment_in_which_it_began(
    api_as: Any, in_tenant: InTenant, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = exports.count_all

    def meanwhile() -> int:
        total = counted()
        thread = threading.Thread(target=add)
        thread.start()
        thread.join()
        return total

    def add() -> None:
        with in_tenant("alice"):
            factory_for_customer().create(business_name="Too Late Ltd")
        connections.close_all()

    monkeypatch.setattr(exports, "count_all", meanwhile)
    alice = api_as("alice")
    content = content_of(alice.get(f"{ready(alice)}download/"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"Too Late Ltd" not in archive.read("data/crm.customer.ndjson")
    assert "Too Late Ltd" in alice.get("/api/crm/customers/").content.decode()


def factory_for_customer() -> Any:
    """Customers, of which this room does not know."""
    from dott.modules.crm.models import Customer

    return factory_for(Customer)


def test_progress_is_seen_while_it_is_made(
    api_as: Any, in_tenant: InTenant, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, seen = api_as("alice"), []
    address = started(alice)
    monkeypatch.setattr(exports, "REPORT_EVERY_S", 0.0)

    def written(stream: Any, report: Any) -> dict[str, int]:
        report(3)
        seen.append(alice.get(address).json())
        return {}

    monkeypatch.setattr(exports, "take_out", written)
    monkeypatch.setattr(exports, "count_all", lambda: 12)
    run_queued()
    assert [(each["status"], each["progress"]) for each in seen] == [
        ("running", {"phase": "writing", "done": 3, "total": 12})
    ]


def test_another_business_finds_nothing_of_it(api_as: Any, files: Path) -> None:
    address = ready(api_as("alice"))
    bob = api_as("bob")
    assert refused(bob.get(address)) == (404, "not_found")
    assert refused(bob.get(f"{address}download/")) == (404, "not_found")
    assert bob.get(EXPORTS).json() == {"results": []}


@pytest.mark.parametrize("name", ["adam", "mia", "vera"])
def test_only_owners_have_it(api_as: Any, files: Path, name: str) -> None:
    address = ready(api_as("alice"))
    other = api_as(name)
    for answer in (
        other.post(EXPORTS),
        other.get(EXPORTS),
        other.get(address),
        other.get(f"{address}download/"),
        other.head(f"{address}download/"),
    ):
        assert answer.status_code == 403
    assert [each["id"] for each in api_as("alice").get(EXPORTS).json()["results"]] == [address.split("/")[-2]]


def test_the_file_asks_for_a_proof_too_also_when_only_its_head_is_wanted(api_as: Any, files: Path) -> None:
    from dott.platform.identity.tests.factors_support import grow_stale

    alice = api_as("alice")
    address = ready(alice)
    grow_stale(alice)
    assert refused(alice.get(f"{address}download/")) == (403, "reauthentication_required")
    assert alice.head(f"{address}download/").status_code == 403
    assert alice.get(address).status_code == 200


def test_one_at_a_time(api_as: Any, world: Any, files: Path) -> None:
    alice = api_as("alice")
    address = started(alice)
    assert refused(alice.post(EXPORTS)) == (409, "export_running")
    # Another business is not kept waiting.
    assert api_as("bob").post(EXPORTS).status_code == 202
    run_queued()
    assert alice.get(address).json()["status"] == "ready"
    assert started(alice) != address


def test_one_of_many_at_once(world: Any, files: Path, settings: Any, patient_pool: None) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"business_export": (100, 3600)}
    answers = simultaneously(EXPORTS, [{}] * 6, world["alice"].token)
    assert sorted(answer.status_code for answer in answers) == [202, 409, 409, 409, 409, 409]


def test_so_many_an_hour(api_as: Any, files: Path, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"business_export": (2, 3600)}
    alice = api_as("alice")
    statuses = [alice.post(EXPORTS).status_code for _ in range(3)]
    assert statuses == [202, 409, 429]
    assert api_as("bob").post(EXPORTS).status_code == 202


def test_a_crash_leaves_a_reason_and_no_half_of_a_file(
    api_as: Any, in_tenant: InTenant, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(stream: Any, report: Any) -> dict[str, int]:
        stream.write(b"half of it")
        stream.flush()
        assert len(stored(files)) == 1
        raise ZeroDivisionError

    alice = api_as("alice")
    address = started(alice)
    with monkeypatch.context() as patch:
        patch.setattr(exports, "take_out", crash)
        run_until_failed(in_tenant)
    failed = alice.get(address).json()
    assert (failed["status"], failed["sha256"], failed["expires_at"]) == ("failed", "", None)
    assert failed["error"]["code"] == "internal_error"
    assert failed["error"]["detail"].startswith("Something went wrong on our side.")
    assert stored(files) == []
    assert refused(alice.get(f"{address}download/")) == (404, "not_found")
    assert ready(alice) != address


def test_two_runs_at_once_leave_one_whole_file(
    api_as: Any, in_tenant: InTenant, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first worker was only thought to be dead."""
    alice, taken, runs = api_as("alice"), exports.take_out, 0
    address = started(alice)
    with in_tenant("alice"):
        job_id = BusinessExport.objects.get().job_id

    def other_worker() -> None:
        exports.make_file(job_id)
        connections.close_all()

    def overtaken(stream: Any, report: Any) -> dict[str, int]:
        nonlocal runs
        runs += 1
        if runs == 1:
            stream.write(b"already begun")
            thread = threading.Thread(target=other_worker)
            thread.start()
            thread.join()
        return taken(stream, report)

    monkeypatch.setattr(exports, "take_out", overtaken)
    run_queued()
    assert runs == 2
    shown = alice.get(address).json()
    content = content_of(alice.get(f"{address}download/"))
    assert (shown["status"], shown["sha256"]) == ("ready", hashlib.sha256(content).hexdigest())
    assert not content.startswith(b"already begun")
    assert len(stored(files)) == 1


def test_a_full_disk_is_said_to_be_one(api_as: Any, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(stream: Any, report: Any) -> dict[str, int]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(exports, "take_out", full)
    alice = api_as("alice")
    address = started(alice)
    run_queued()
    assert alice.get(address).json()["error"]["code"] == "no_room"
    assert stored(files) == []


def test_whoever_is_no_owner_any_more_gets_nothing(api_as: Any, world: Any, files: Path) -> None:
    alice = api_as("alice")
    address = started(alice)
    everybodys = all_memberships().filter(tenant_id=world.bakery)
    everybodys.filter(pk=world["alice"].membership_id).update(role="admin")
    everybodys.filter(pk=world["adam"].membership_id).update(role="owner")
    run_queued()
    assert api_as("adam").get(address).json()["error"]["code"] == "not_owner"
    assert stored(files) == []


def test_one_that_never_began_stands_in_nobodys_way(
    api_as: Any, world: Any, in_tenant: InTenant, files: Path
) -> None:
    alice = api_as("alice")
    address = started(alice)
    with in_tenant("alice"):
        BusinessExport.objects.update(created_at=timezone.now() - exports.LOST_AFTER - timedelta(minutes=1))
    lost = alice.get(address).json()
    assert (lost["status"], lost["error"]["code"]) == ("failed", "lost")
    assert started(alice) != address


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
