"""What becomes of a business's file when it cannot be made, or twice at once."""

import errno
import hashlib
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from dott.platform.identity.memberships import all_memberships
from dott.platform.jobs.testing import run_queued
from dott.platform.portability import exports
from dott.platform.portability.models import BusinessExport
from dott.platform.portability.tests.support import (
    InTenant,
    content_of,
    ready,
    refused,
    run_until_failed,
    started,
    stored,
)

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


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
