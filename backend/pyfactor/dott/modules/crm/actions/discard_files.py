"""Files whose attachments were removed for good go too, a day later at most.

Attachments are removed with the records they belong to, in other rooms and by the database. History knows
of each, so it is what says which files nobody refers to any more.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from dott.modules.crm.models import Attachment
from dott.platform.files import store as files
from dott.platform.history.models import Change
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import job, put_off
from dott.platform.tenancy.context import seeing_everything

KIND = "crm.attachments.discard"
EVERY = timedelta(days=1)
# A deletion may be committed a while after it was made.
OVERLAP = timedelta(hours=1)


def schedule_discarding() -> None:
    """Have the business's removed files looked at every day from now on. Once is enough."""
    open_states = (Job.State.QUEUED, Job.State.RUNNING)
    if not Job.objects.filter(kind=KIND, state__in=open_states).exists():
        put_off(KIND, timezone.now() + EVERY, since=timezone.now().isoformat())


def discard_removed_files(*, since: datetime) -> int:
    """Remove the files of attachments that were deleted since then; returns how many. Safe to repeat."""
    # A file that she does not see is no file that nobody refers to.
    with seeing_everything():
        return _discard(since)


def _discard(since: datetime) -> int:
    deletions: Any = Change.objects.filter(
        entity="crm.attachment", operation=Change.Operation.DELETE, change_set__created_at__gte=since
    )
    keys = {UUID(key) for key in deletions.values_list("before__file_key", flat=True) if key}
    # A deletion that was undone in time keeps its file.
    keys -= set(Attachment.objects.filter(file_key__in=keys).values_list("file_key", flat=True))
    for key in keys:
        files.discard(key)
    return len(keys)


@job(KIND)
def discard_when_due(background: Job, since: str) -> None:
    """The job that an upload put off; it puts off the next."""
    began = timezone.now()
    discard_removed_files(since=datetime.fromisoformat(since) - OVERLAP)
    put_off(KIND, began + EVERY, since=began.isoformat())
