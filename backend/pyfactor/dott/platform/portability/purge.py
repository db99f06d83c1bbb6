"""Files of a business do not lie about: a week after they were made they go, their records stay."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from dott.platform.files import store as files
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import job, put_off
from dott.platform.portability.models import BusinessExport
from dott.platform.tenancy.context import seeing_everything

KIND = "portability.purge"
# What follows the name of a file that is not whole yet.
PART = ".part"
# Nobody comes back to one that failed; a job that is about to be run again still may.
FAILED_KEPT = timedelta(days=1)


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
        path.with_name(f"{path.name}{PART}").unlink(missing_ok=True)
        files.discard(export.file_key)
        export.is_open, export.purged_at = False, now
        export.save(update_fields=["is_open", "purged_at"])
        removed += 1
    return removed
