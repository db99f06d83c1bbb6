"""Running one job: mark it, run its body in one transaction, record the outcome."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import connections
from django.utils import timezone

from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import (
    JobFailed,
    NotYet,
    body_of,
    is_fleeting,
    is_outgoing,
    opens_own_transactions,
    wake,
)
from dott.platform.tenancy import transactions
from dott.platform.tenancy.router import WORKER

MAX_ATTEMPTS = 3
# How often the clock of tasks.py looks. What is due earlier is not left to it.
CLOCK = timedelta(minutes=1)

log = structlog.get_logger(__name__)


class TryAgain(Exception):
    """The body raised something unexpected and attempts are left."""


class OtherLane(Exception):
    """The job belongs into the outgoing lane; nothing was done."""


def run(job_id: UUID, *, is_outgoing_lane: bool = False) -> None:
    """Run the job as the member who queued it. Raises TryAgain when the queue should retry, and OtherLane
    for an outgoing job that came the common way.

    A job that is not open (done, put off until later, or its member was removed) is left alone.
    """
    try:
        with transactions.job(job_id):
            started = _start(job_id, is_outgoing_lane)
    except transactions.JobRefused:
        log.info("job_refused", job_id=str(job_id))
        return
    attempt = started.attempts
    try:
        if opens_own_transactions(started.kind):
            body_of(started.kind)(job_id, **started.args)
        with transactions.job(job_id):
            if not opens_own_transactions(started.kind):
                queued = Job.objects.get(id=job_id)
                body_of(queued.kind)(queued, **queued.args)
            _succeed(job_id, started.kind)
    except NotYet as later:
        _put_off_again(job_id, later)
    except JobFailed as failure:
        _fail(job_id, failure.code, failure.detail)
    except Exception as error:
        log.exception("job_crashed", job_id=str(job_id), attempt=attempt)
        if attempt < MAX_ATTEMPTS:
            raise TryAgain from error
        _give_up(job_id)


def _start(job_id: UUID, is_outgoing_lane: bool) -> Job:
    """Mark the job as running; its `attempts` says which attempt this is, from 1."""
    started: Job = Job.objects.select_for_update().get(id=job_id)
    if is_outgoing(started.kind) and not is_outgoing_lane:
        raise OtherLane
    started.attempts += 1
    started.state = Job.State.RUNNING
    started.started_at = timezone.now()
    started.save(update_fields=["attempts", "state", "started_at"])
    return started


def _succeed(job_id: UUID, kind: str) -> None:
    done = Job.objects.filter(id=job_id)
    if is_fleeting(kind):
        done.delete()
    else:
        done.update(state=Job.State.SUCCEEDED, finished_at=timezone.now())


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
        waiting = Job.objects.filter(id=job_id)
        waiting.update(state=Job.State.QUEUED, attempts=0, run_after=later.until)
        if later.until < timezone.now() + CLOCK:
            wake(job_id, waiting.values_list("kind", flat=True).get(), at=later.until)


def _fail(job_id: UUID, code: str, detail: str) -> None:
    with transactions.job(job_id):
        Job.objects.filter(id=job_id).update(
            state=Job.State.FAILED, error_code=code, error_detail=detail, finished_at=timezone.now()
        )
