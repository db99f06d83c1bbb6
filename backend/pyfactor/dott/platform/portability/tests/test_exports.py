"""A business's file by way of the web: what is in it, and who gets it."""

import hashlib
import io
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.tests.support import simultaneously
from dott.platform.jobs.testing import run_queued
from dott.platform.portability import exports
from dott.platform.portability.take_in import take_in
from dott.platform.portability.tests.support import (
    EXPORTS,
    InTenant,
    content_of,
    exported,
    fill,
    ready,
    refused,
    started,
)
from tests.factories import factory_for

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


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
