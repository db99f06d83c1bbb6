"""What the tests of moving share: a business with something of everything in it, and its file."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from dott.platform.history.tracked import change_record, create_record
from dott.platform.jobs import runner
from dott.platform.jobs.models import Job
from dott.platform.jobs.testing import run_queued
from dott.platform.portability import exports
from dott.platform.portability.entities import entities
from dott.platform.portability.take_out import take_out
from dott.platform.tenancy.context import Context, current
from tests.factories import factory_for

InTenant = Callable[[str], AbstractContextManager[Context]]
EXPORTS = "/api/tenants/current/exports/"


def fill() -> None:
    """One row of every table, a record with a history, and a second page of customers."""
    for entity in entities():
        if not entity.label.startswith("history."):
            factory_for(entity.model).create()
    customers = next(entity.model for entity in entities() if entity.label == "crm.customer")
    alice = Context(current().tenant_id, current().user_id, current().membership_id, "owner", "default")
    made = create_record(customers(business_name="Zoë & Søn “quoted” \\ 漢字"), actor=alice)
    change_record(made, {"owner_id": alice.membership_id, "notes": "line\nbreak\ttab"}, actor=alice)
    factory_for(customers).create_batch(3)


def exported(in_tenant: InTenant, name: str) -> bytes:
    """The file of the business that somebody works in, as the command writes it."""
    stream = io.BytesIO()
    with in_tenant(name):
        take_out(stream)
    return stream.getvalue()


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
