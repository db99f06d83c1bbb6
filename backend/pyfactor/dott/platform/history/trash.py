"""How long the trash keeps what is put into it, and the note that has it looked at then."""

from datetime import timedelta

from django.utils import timezone

from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import put_off

KEPT = timedelta(days=30)
# The job's body is in purge.py.
KIND = "history.purge_trash"


def schedule_purge() -> None:
    """Put off a purge of the business's trash, unless one waits already. record() calls it for what it is
    told was trashed; whoever trashes by SQL has to do so himself."""
    open_states = (Job.State.QUEUED, Job.State.RUNNING)
    if not Job.objects.filter(kind=KIND, state__in=open_states).exists():
        put_off(KIND, timezone.now() + KEPT)
