"""Files of a business do not lie about: a week after they were made they go, their records stay."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dott.platform.files import store as files
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import job, put_off
from dott.platform.portability.models import BusinessExport
from dott.platform.privacy.parts import Removed
from dott.platform.tenancy.context import current, seeing_everything

KIND = "portability.purge"
# How the name of a file ends that is not whole yet.
PART = ".part"
# Nobody comes back to one that failed; a job that is about to be run again still may.
FAILED_KEPT = timedelta(days=1)


def new_part(file_key: UUID) -> Path:
    """Where a run may write what is to become that file."""
    return files.path_of(file_key).with_suffix(f".{uuid4()}{PART}")


def schedule(at: datetime) -> None:
    """Put off a purge of the business's files, unless one waits already."""
    open_states = (Job.State.QUEUED, Job.State.RUNNING)
    if not Job.objects.filter(kind=KIND, state__in=open_states).exists():
        put_off(KIND, at)


@job(KIND, is_fleeting=True)
def purge_when_due(background: Job) -> None:
    """The job that an export put off; it puts off the next while there is something left to remove."""
    with seeing_everything():
        purge_expired()
        kept = BusinessExport.objects.filter(purged_at__isnull=True)
        soonest = kept.filter(expires_at__isnull=False).order_by("expires_at").first()
        if soonest is not None:
            put_off(KIND, soonest.expires_at)
        elif kept.exists():
            put_off(KIND, timezone.now() + FAILED_KEPT)


def purge_expired() -> int:
    """Remove the files whose time is over, and halves that a killed process left; returns how many exports
    have lost theirs. Safe to repeat."""
    now = timezone.now()
    over: Any = BusinessExport.objects.filter(
        Q(expires_at__lte=now) | Q(expires_at__isnull=True, created_at__lte=now - FAILED_KEPT),
        purged_at__isnull=True,
    )
    removed = 0
    for export in over:
        path = files.path_of(export.file_key)
        for part in path.parent.glob(f"{path.name}.*{PART}"):
            part.unlink(missing_ok=True)
        files.discard(export.file_key)
        export.is_open, export.purged_at = False, now
        export.save(update_fields=["is_open", "purged_at"])
        removed += 1
    return removed


def replace_older(newest: BusinessExport) -> None:
    """A new file takes the place of those before: a business fills no disk with copies of itself."""
    older: Any = BusinessExport.objects.filter(finished_at__isnull=False, purged_at__isnull=True)
    for export in older.exclude(pk=newest.pk):
        export.purged_at = timezone.now()
        export.save(update_fields=["purged_at"])
        # No rollback would bring a file back.
        unlink = partial(files.path_of(export.file_key).unlink, missing_ok=True)
        transaction.on_commit(unlink, using=current().alias)


def forget_everything() -> Removed:
    """Somebody is erased, who stands in every such file: those that are there go, and one that is being made
    is not kept."""
    there = Q(is_open=True) | Q(finished_at__isnull=False)
    held: Any = BusinessExport.objects.filter(there, purged_at__isnull=True)
    keys = {export.file_key for export in held.select_for_update().order_by("id")}
    held.update(is_open=False, purged_at=timezone.now())
    return Removed(len(keys), frozenset(keys))
