"""What the tests of the whole way share: upload, run the background jobs, look at the outcome."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from dott.modules.crm.actions.imports import (
    apply_import,
    create_import,
    edit_row,
    revert_import,
    validate_import,
)
from dott.modules.crm.models import Customer, ImportJob, ImportRow
from dott.platform.jobs.testing import run_queued
from dott.platform.tenancy.context import Context

IMPORTS = "/api/crm/imports/"
DATA = Path(__file__).parent / "data"
NORTHWIND = (DATA / "northwind-customers.csv").read_bytes()
RAGGED = (DATA / "northwind-customers-ragged.csv").read_bytes()
UNCOMPARED = {"updated_at", "updated_by", "version"}


def upload(browser: Any, content: bytes, name: str = "customers.csv") -> Any:
    """Send the file as the page does; the answer."""
    return browser.post(IMPORTS, {"file": SimpleUploadedFile(name, content)}, format="multipart")


class Importer:
    """One person's imports; every step is committed, as in production."""

    def __init__(self, in_tenant: Callable[[str], AbstractContextManager[Context]], name: str) -> None:
        self.enter = lambda: in_tenant(name)

    def upload(self, content: bytes | str, *, entity: str | None = "customer", **changes: Any) -> UUID:
        """A draft from a file; changes are set on it. entity: None to have it told from the headers."""
        raw = content.encode() if isinstance(content, str) else content
        with self.enter() as actor:
            job = create_import(actor=actor, file_name="customers.csv", chunks=[raw], entity=entity)
            for name, value in changes.items():
                setattr(job, name, value)
            job.save()
            return job.id

    def validate(self, job_id: UUID) -> ImportJob:
        return self._step(validate_import, job_id)

    def apply(self, job_id: UUID) -> ImportJob:
        return self._step(apply_import, job_id)

    def revert(self, job_id: UUID) -> ImportJob:
        return self._step(revert_import, job_id)

    def bring_in(self, content: bytes | str, **changes: Any) -> ImportJob:
        """Upload, validate and apply."""
        return self.apply(self.validate(self.upload(content, **changes)).id)

    def edit(self, job_id: UUID, line: int, **changes: Any) -> ImportRow:
        """Mend one row of a dry run."""
        with self.enter() as actor:
            job = ImportJob.objects.select_related("job").get(id=job_id)
            row = ImportRow.objects.get(import_job=job, line=line)
            return edit_row(actor=actor, job=job, row=row, changes=changes)

    def job(self, job_id: UUID) -> ImportJob:
        with self.enter():
            return ImportJob.objects.select_related("job").get(id=job_id)

    def rows(self, job_id: UUID, **filters: Any) -> list[ImportRow]:
        with self.enter():
            return list(ImportRow.objects.filter(import_job_id=job_id, **filters).order_by("line"))

    def customers(self) -> dict[str, dict[str, Any]]:
        """Every stored field of every customer, by external id or else by name."""
        with self.enter():
            rows: list[Mapping[str, Any]] = list(Customer.objects.all().values())
        return {row["external_id"] or row["display_name"]: dict(row) for row in rows}

    def _step(self, action: Callable[..., ImportJob], job_id: UUID) -> ImportJob:
        with self.enter() as actor:
            action(actor=actor, job=ImportJob.objects.select_related("job").get(id=job_id))
        run_queued()
        return self.job(job_id)
