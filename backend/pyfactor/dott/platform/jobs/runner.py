"""Running one job: mark it, run its body in one transaction, record the outcome."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import connections
from django.utils import timezone

from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import JobFailed, NotYet, body_of
from dott.platform.tenancy import transactions
from dott.platform.tenancy.router import WORKER

MAX_ATTEMPTS = 3

log = structlog.get_logger(__name__)


class TryAgain(Exception):
    """The body raised something unexpected and attempts are left."""


def run(job_id: UUID) -> None:
    """Run the job as the member who queued it. Raises TryAgain when the queue should retry.

    A job that is not open (done, put off until later, or its member was removed) is left alone.
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
    except NotYet as later:
        _put_off_again(job_id, later)
    except JobFailed as failure:
        _fail(job_id, failure.code, failure.detail)
    except Exception as error:
        log.exception("job_crashed", job_id=str(job_id), attempt=attempt)
        if attempt < MAX_ATTEMPTS:
            raise TryAgain from error
        _give_up(job_id)


def _start(job_id: UUID) -> int:
    """Mark the job as running and return which attempt this is, from 1."""
    started: Job = Job.objects.select_for_update().get(id=job_id)
    started.attempts += 1
    started.state = Job.State.RUNNING
    started.started_at = timezone.now()
    started.save(update_fields=["attempts", "state", "started_at"])
    return started.attempts


def due() -> list[UUID]:
    """The jobs that were put off until now, whosever they are: ids, and nothing else about them."""
    with connections[WORKER].cursor() as cursor:
        cursor.execute("SELECT app.due_jobs()")
        return [job_id for (job_id,) in cursor.fetchall()]


def _give_up(job_id: UUID) -> None:
    """Fail, but not upkeep: nobody waits for it or would start it again, so the next day does."""
    with transactions.job(job_id):
        upkeep = Job.objects.filter(id=job_id, run_after__isnull=False)
        if upkeep.update(state=Job.State.QUEUED, attempts=0, run_after=timezone.now() + timedelta(days=1)):
            return
    _fail(job_id, "internal_error", "Something went wrong on our side. Nothing was changed.")


def _put_off_again(job_id: UUID, later: NotYet) -> None:
    with transactions.job(job_id):
        Job.objects.filter(id=job_id).update(state=Job.State.QUEUED, attempts=0, run_after=later.until)


def _fail(job_id: UUID, code: str, detail: str) -> None:
    with transactions.job(job_id):
        Job.objects.filter(id=job_id).update(
            state=Job.State.FAILED, error_code=code, error_detail=detail, finished_at=timezone.now()
        )
