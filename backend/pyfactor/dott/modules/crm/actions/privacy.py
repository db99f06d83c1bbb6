"""The CRM's part of privacy: imports that hold a person, notifications after their time."""

import json
from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import islice
from uuid import UUID

from django.db import connections
from django.utils import timezone

from dott.modules.crm.actions.purge_imports import forget_details, purge_due_imports
from dott.modules.crm.imports.errors import ImportFileError
from dott.modules.crm.imports.setup import table_of
from dott.modules.crm.models import ImportJob, ImportRow, Notification
from dott.platform.files import store as files
from dott.platform.privacy.parts import Removed, hand_over, look_into
from dott.platform.privacy.retention import apply_rule
from dott.platform.tenancy.context import current

_ROWS_AT_ONCE = 2_000


def register() -> None:
    """Tell privacy of all of it. Called once, when the app is ready."""
    hand_over("crm.importjob", purge_imports)
    hand_over("crm.importrow", purge_imports_of_rows)
    look_into("crm.importjob", imports_that_hold)
    apply_rule("import_days", lambda _: purge_due_imports())
    apply_rule("notification_days", forget_notifications)


def purge_imports_of_rows(ids: Collection[UUID]) -> Removed:
    """Whole imports go: a file from which one row was cut would no longer be what was imported."""
    return purge_imports(
        set(ImportRow.objects.filter(pk__in=ids).values_list("import_job_id", flat=True).distinct())
    )


def purge_imports(ids: Collection[UUID]) -> Removed:
    """Those imports lose samples and rows, what their records still tell of the file, and then the file."""
    keys = set()
    for import_job in ImportJob.objects.select_for_update().filter(pk__in=ids).order_by("id"):
        if import_job.details_purged_at is None:
            keys.add(import_job.file_key)
        import_job.file_name = "[erased]"
        # The name that the file gave to the tag of its records.
        import_job.tag_name = ""
        import_job.mapped_like, import_job.problem = None, None
        forget_details(import_job=import_job)
    return Removed(len(keys), frozenset(keys))


def imports_that_hold(pattern: str) -> set[UUID]:
    """Imports in whose file the expression is found."""
    return {
        import_job.pk
        for import_job in ImportJob.objects.filter(details_purged_at=None)
        if _holds(import_job, pattern)
    }


def forget_notifications(kept_days: int) -> int:
    """Remove what members were told longer ago; returns how many."""
    until = timezone.now() - timedelta(days=kept_days)
    return int(Notification.objects.filter(created_at__lt=until).delete()[0])


def _holds(import_job: ImportJob, pattern: str) -> bool:
    if not files.path_of(import_job.file_key).is_file():
        return False
    with connections[current().alias].cursor() as cursor:
        for text in _texts(import_job):
            cursor.execute("SELECT %s ~* %s", [text.replace("\0", ""), pattern])
            if cursor.fetchone()[0]:
                return True
    return False


def _texts(import_job: ImportJob) -> Iterator[str]:
    """The file's rows, some thousands at once. What cannot be read as a table is read as text."""
    try:
        rows = iter(table_of(import_job))
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            yield "\n".join(json.dumps(row.cells, ensure_ascii=False) for row in batch)
    except ImportFileError:
        yield files.path_of(import_job.file_key).read_text(encoding="utf-8", errors="ignore")
