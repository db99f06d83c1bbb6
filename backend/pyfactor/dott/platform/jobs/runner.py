"""Running one job: mark it, run its body in one transaction, record the outcome."""

from uuid import UUID

import structlog
from django.utils import timezone

from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import JobFailed, body_of
from dott.platform.tenancy import transactions

MAX_ATTEMPTS = 3

log = structlog.get_logger(__name__)


class TryAgain(Exception):
    """The body raised something unexpected and attempts are left."""


def run(job_id: UUID) -> None:
    """Run the job as the member who queued it. Raises TryAgain when the queue should retry.

    A job that is no longer open (done, or its member was removed) is left alone.
    """
    try:
        with transactions.job(job_id):
            attempt = _start(job_id)
    except transactions.JobRefused:
        log.info("job_refused", job_id=str(job_id))
        return
    try:
        with transactions.job(job_id):
            queued = Job.objects.get(id=job_id)
            body_of(queued.kind)(queued, **queued.args)
            Job.objects.filter(id=job_id).update(state=Job.State.SUCCEEDED, finished_at=timezone.now())
    except JobFailed as failure:
        _fail(job_id, failure.code, failure.detail)
    except Exception as error:
        log.exception("job_crashed", job_id=str(job_id), attempt=attempt)
        if attempt < MAX_ATTEMPTS:
            raise TryAgain from error
        _fail(job_id, "internal_error", "Something went wrong on our side. Nothing was changed.")


def _start(job_id: UUID) -> int:
    """Mark the job as running and return which attempt this is, from 1."""
    started: Job = Job.objects.select_for_update().get(id=job_id)
    started.attempts += 1
    started.state = Job.State.RUNNING
    started.started_at = timezone.now()
    started.save(update_fields=["attempts", "state", "started_at"])
    return started.attempts


def _fail(job_id: UUID, code: str, detail: str) -> None:
    with transactions.job(job_id):
        Job.objects.filter(id=job_id).update(
            state=Job.State.FAILED, error_code=code, error_detail=detail, finished_at=timezone.now()
        )
