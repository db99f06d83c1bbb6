"""How long the trash keeps what is put into it, and the note that has it looked at then."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import put_off

KEPT = timedelta(days=30)
_rules: list[Callable[[], timedelta]] = []
# The job's body is in purge.py.
KIND = "history.purge_trash"


def follow_rule(body: Callable[[], timedelta]) -> None:
    """Have `body` say how long the active business's trash keeps things."""
    _rules[:] = [body]


def kept() -> timedelta:
    """How long the active business's trash keeps things; KEPT where nothing else is set."""
    return _rules[0]() if _rules else KEPT


def schedule_purge() -> None:
    """Put off a purge of the business's trash, unless one waits already. record() calls it for what it is
    told was trashed; whoever trashes by SQL has to do so himself."""
    open_states = (Job.State.QUEUED, Job.State.RUNNING)
    if not Job.objects.filter(kind=KIND, state__in=open_states).exists():
        put_off(KIND, timezone.now() + kept())
