"""A business's file by way of the web: asked for by an owner, made in the background, kept for a week.

The file is written beside its place and moved there when it is whole, so that what lies under a key is never
half of something. A job may run twice at once, when its first worker was only thought to be dead: each run
writes a file of its own, and the first that is whole counts. What a killed process leaves, the purge removes.
"""

import errno
import hashlib
import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from dott.platform.files import store as files
from dott.platform.history.record import record
from dott.platform.identity.roles import OWNER
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import JobFailed, enqueue, long_job, soon
from dott.platform.portability import notice, purge
from dott.platform.portability.models import BusinessExport
from dott.platform.portability.take_out import count_all, take_out
from dott.platform.tenancy import transactions
from dott.platform.tenancy.context import current

KIND = "portability.export"
REASON = "Exported the whole business"
KEPT = timedelta(days=7)
# Longer than any export takes. One that has not ended by then lost its job: its owner left before it began.
LOST_AFTER = timedelta(hours=12)
REPORT_EVERY_S = 0.5
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class AlreadyRunning(Exception):
    """Another export of the business has not ended yet (409)."""


class Made(NamedTuple):
    """A whole file. records: entity → how many; sha256: in hexadecimal."""

    records: dict[str, int]
    size_bytes: int
    sha256: str


def start_export() -> BusinessExport:
    """Have a file of the active business made, after the caller's commit. Raises AlreadyRunning."""
    _close_ended()
    try:
        with transaction.atomic(using=current().alias):
            started: BusinessExport = BusinessExport.objects.create(job=enqueue(KIND), file_key=uuid4())
    except IntegrityError as error:
        raise AlreadyRunning from error
    record(changes=[], reason=REASON, is_announced=False)
    purge.schedule(timezone.now() + KEPT)
    return started


def status_of(export: BusinessExport) -> str:
    """A word of BusinessExport.Status."""
    status = BusinessExport.Status
    if export.finished_at and export.expires_at:
        is_over = export.purged_at is not None or export.expires_at <= timezone.now()
        return status.EXPIRED if is_over else status.READY
    if export.job.state == Job.State.FAILED or _is_lost(export):
        return status.FAILED
    return status.QUEUED if export.job.state == Job.State.QUEUED else status.RUNNING


def error_of(export: BusinessExport) -> dict[str, str] | None:
    """{"code", "detail"} of one that failed."""
    if status_of(export) != BusinessExport.Status.FAILED:
        return None
    if export.job.state != Job.State.FAILED:
        return {"code": "lost", "detail": "It never came to an end. Start another one."}
    return {"code": export.job.error_code, "detail": export.job.error_detail}


@long_job(KIND)
def make_file(job_id: UUID) -> None:
    """Write the file as of one moment, and only then say so."""
    with transactions.job(job_id):
        export = BusinessExport.objects.select_related("job").filter(job_id=job_id, is_open=True).first()
        if export is None:
            return
        if current().role != OWNER:
            raise JobFailed("not_owner", "Whoever asked for it is no owner of the business any more.")
        part = purge.new_part(export.file_key)
    try:
        made = _written(part, job_id, export.job)
        with transactions.job(job_id):
            _keep(export.pk, part, made)
    finally:
        part.unlink(missing_ok=True)


def _keep(export_id: UUID, part: Path, made: Made) -> None:
    """Put the file into its place, unless another run was faster or nobody is to have it."""
    export = BusinessExport.objects.select_for_update(of=("self",)).get(pk=export_id)
    if export.is_open:
        part.replace(files.path_of(export.file_key))
        _finish(export, made)
    elif export.finished_at is None:
        raise JobFailed("forgotten", "Somebody was erased while the file was made.")


def _finish(export: BusinessExport, made: Made) -> None:
    now = timezone.now()
    export.records, export.size_bytes, export.sha256 = made
    export.is_open, export.finished_at, export.expires_at = False, now, now + KEPT
    export.touch().save()
    purge.replace_older(export)
    soon(notice.KIND, export_id=str(export.pk))


def _written(part: Path, job_id: UUID, job: Job) -> Made:
    try:
        part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with part.open("xb") as stream:
            with transactions.job(job_id, snapshot=True):
                records = take_out(stream, report=_reporter(job, count_all()))
            stream.flush()
            os.fsync(stream.fileno())
            size_bytes = os.fstat(stream.fileno()).st_size
        with part.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise JobFailed("no_room", "There is no room for the file on the server.") from error
        raise
    return Made(records, size_bytes, sha256)


def _reporter(job: Job, total: int) -> Callable[[int], None]:
    """Publishes progress, but not more often than people can see."""
    last = 0.0

    def report(done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= REPORT_EVERY_S:
            last = now
            job.report("writing", done, max(done, total))

    return report


def _close_ended() -> None:
    ended = Q(job__state=Job.State.FAILED) | Q(created_at__lt=timezone.now() - LOST_AFTER)
    still_open: Any = BusinessExport.objects.filter(ended, is_open=True)
    BusinessExport.objects.filter(pk__in=list(still_open.values_list("pk", flat=True))).update(is_open=False)


def _is_lost(export: BusinessExport) -> bool:
    return not export.is_open or export.created_at < timezone.now() - LOST_AFTER
