"""How long the log of messages is kept."""

from datetime import timedelta

from django.db.models import Min
from django.utils import timezone

from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import job, put_off
from dott.platform.webhooks.models import Delivery

KEPT = timedelta(days=30)
KIND = "webhooks.purge"


def schedule_purge() -> None:
    """Put off a purge of the business's log, unless one waits already."""
    open_states = (Job.State.QUEUED, Job.State.RUNNING)
    if not Job.objects.filter(kind=KIND, state__in=open_states).exists():
        put_off(KIND, timezone.now() + KEPT)


@job(KIND, is_fleeting=True)
def purge(background: Job) -> None:
    """Remove what is older; come back when the oldest that is left will be. What still waits is younger."""
    old = Delivery.objects.filter(created_at__lte=timezone.now() - KEPT)
    old.exclude(state=Delivery.State.WAITING).delete()
    oldest = Delivery.objects.aggregate(at=Min("created_at"))["at"]
    if oldest is not None:
        # Once a day at most, however the log is spread.
        put_off(KIND, max(oldest + KEPT, timezone.now() + timedelta(days=1)))
