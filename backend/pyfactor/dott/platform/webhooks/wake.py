"""Having somebody look at what waits for an endpoint: one job for each, never two in the queue."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models.functions import Least, Now

from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import soon, wake

KIND = "webhooks.deliver"


def wake_endpoints(endpoint_ids: Iterable[UUID]) -> None:
    """After the caller's commit."""
    for endpoint_id in sorted(endpoint_ids):
        waiting = _queued(endpoint_id).first()
        if waiting is None:
            soon(KIND, endpoint_id=str(endpoint_id))
            continue
        # It may have been put off until a later attempt; or it is due, and is looked at in any case.
        _queued(endpoint_id).filter(pk=waiting.pk).update(run_after=Least("run_after", Now()))
        wake(waiting.pk, KIND)


def leave_to_another(job_id: UUID, endpoint_id: str, until: datetime) -> bool:
    """Whether another job for the endpoint waits. It will look at `until` at the latest."""
    others = _queued(endpoint_id).exclude(pk=job_id)
    return bool(others.update(run_after=Least("run_after", until)))


def _queued(endpoint_id: UUID | str):  # type: ignore[no-untyped-def]  # a query set of jobs
    return Job.objects.filter(
        kind=KIND, args__endpoint_id=str(endpoint_id), state=Job.State.QUEUED, run_after__isnull=False
    )
