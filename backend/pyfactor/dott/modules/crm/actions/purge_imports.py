"""Old imports lose their file and their staged rows; the record of what was imported stays.

Each import puts off its own purge when it is made (`schedule_purge`), so that the worker needs no list of
businesses: it enters one by a job that one of its members left there.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connections
from django.utils import timezone

from dott.modules.crm.imports.limits import KEEP_APPLIED_DAYS, KEEP_OTHERS_DAYS
from dott.modules.crm.models import ImportJob, ImportRow
from dott.platform.files import store as files
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import NotYet, job, put_off
from dott.platform.privacy.retention import days
from dott.platform.tenancy.context import current

KIND = "crm.import.purge"
_SETTLED = {
    ImportJob.State.VALIDATING.value: ImportJob.State.DRAFT.value,
    ImportJob.State.APPLYING.value: ImportJob.State.DRAFT.value,
    ImportJob.State.REVERTING.value: ImportJob.State.APPLIED.value,
}


class DetailsPurged(Exception):
    """The import's file and rows were removed after their time; it can only be looked at (409)."""


def require_details(import_job: ImportJob) -> None:
    """For everything that needs the file or the rows. Raises DetailsPurged."""
    if import_job.details_purged_at is not None:
        raise DetailsPurged


def schedule_purge(import_job: ImportJob) -> None:
    """Put off the purge of a new import until it could be due for the first time."""
    put_off(KIND, due_at(import_job), import_id=str(import_job.id))


def due_at(import_job: ImportJob) -> datetime:
    """When its details have to go: counted from its last change, of which starting a step is one."""
    is_applied = import_job.applied_at is not None and import_job.reverted_at is None
    standard = KEEP_APPLIED_DAYS if is_applied else KEEP_OTHERS_DAYS
    return import_job.updated_at + timedelta(days=days("import_days") or standard)


def purge_import(*, import_job: ImportJob) -> None:
    """Remove file, samples and staged rows of a locked import. Safe to run twice.

    The file goes first: should the transaction fail, the purge is repeated and nothing stays behind.
    """
    files.discard(import_job.file_key)
    forget_details(import_job=import_job)


def forget_details(*, import_job: ImportJob) -> None:
    """Remove samples and staged rows of a locked import. Its file is the caller's to discard."""
    ImportRow.objects.filter(import_job=import_job).delete()
    import_job.sample_rows = []
    import_job.columns = [column | {"samples": [], "preview": []} for column in import_job.columns]
    import_job.details_purged_at = timezone.now()
    # A step that has not come to its end in all that time never will.
    import_job.state = _SETTLED.get(import_job.state, import_job.state)
    # A new ETag, but nobody's change: `updated_at` still says when somebody last did something.
    import_job.version += 1
    import_job.save()


def purge_due_imports() -> int:
    """Purge whatever is due in the active business and return how many imports that were."""
    with connections[current().alias].cursor() as cursor:
        # A page's queries may take seconds; the rows of large imports may take longer to go.
        cursor.execute("SET LOCAL statement_timeout = '10min'")
    shortest = timezone.now() - timedelta(
        days=days("import_days") or min(KEEP_APPLIED_DAYS, KEEP_OTHERS_DAYS)
    )
    old = ImportJob.objects.filter(details_purged_at=None, updated_at__lte=shortest)
    purged = 0
    for import_job in old.select_for_update().order_by("id"):
        if due_at(import_job) <= timezone.now():
            purge_import(import_job=import_job)
            purged += 1
    return purged


@job(KIND)
def purge_when_due(background: Job, import_id: str) -> None:
    """The job that an import put off. Raises NotYet when something was done with the import meanwhile."""
    imports = ImportJob.objects.select_for_update()
    import_job = imports.filter(id=import_id, details_purged_at=None).first()
    if import_job is None:
        return
    if due_at(import_job) > timezone.now():
        raise NotYet(due_at(import_job))
    purge_import(import_job=import_job)
