"""Queueing: `@job("kind")` names a body, `enqueue("kind", …)` runs it after the caller's commit.

`put_off("kind", until, …)` is for upkeep: what has to be looked at again when a time has come.
`soon("kind", …)` is for what the business owes others: at once, and whoever has left by then.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from django.db.models.functions import Now
from procrastinate.contrib.django import app

from dott.platform.jobs.models import Job
from dott.platform.tenancy.context import current
from dott.platform.tenancy.router import WORKER

# The two lanes of the worker. What waits for strangers has its own, or it would keep everybody else waiting.
RUN, RUN_OUTGOING = "dott.run", "dott.run_outgoing"

Body = Callable[..., None]
_bodies: dict[str, Body] = {}
_outgoing: set[str] = set()
_long: set[str] = set()
_fleeting: set[str] = set()


class JobFailed(Exception):
    """The job cannot succeed, also not if tried again. code is stable, detail is a sentence."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class NotYet(Exception):
    """From the body of a job that was put off: nothing is to be done before `until`, an aware instant."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def job(kind: str, *, is_fleeting: bool = False) -> Callable[[Body], Body]:
    """Register the body of a job: `def body(job: Job, **args) -> None`.

    It runs in one transaction, as the member who queued it; JobFailed ends it with a reason, any other
    exception rolls back and is tried again (3 attempts in all). Bodies must be safe to run twice.
    is_fleeting: nobody asks after it, and its row goes once it is done.
    """

    def register(body: Body) -> Body:
        if kind in _bodies:
            raise ValueError(f"Two bodies are registered for job kind {kind!r}.")
        _bodies[kind] = body
        if is_fleeting:
            _fleeting.add(kind)
        return body

    return register


def long_job(kind: str) -> Callable[[Body], Body]:
    """Register the body of a job that is at work for minutes: `def body(job_id: UUID, **args) -> None`.

    It runs in the common lane and in no transaction, because its outcome must not wait for one: it opens its
    own with transactions.job(job_id). Progress, JobFailed and crashes as for job().
    """

    def register(body: Body) -> Body:
        _long.add(kind)
        return job(kind)(body)

    return register


def outgoing_job(kind: str) -> Callable[[Body], Body]:
    """Register the body of a fleeting job that talks to others: `def body(job_id: UUID, **args) -> None`.

    It runs in the outgoing lane and in no transaction, because nobody's lock should wait for a stranger's
    answer: it opens short ones with transactions.job(job_id). NotYet, JobFailed and crashes as for job().
    """

    def register(body: Body) -> Body:
        _outgoing.add(kind)
        return job(kind, is_fleeting=True)(body)

    return register


def is_outgoing(kind: str) -> bool:
    """Whether jobs of this kind run in the outgoing lane, outside a transaction."""
    return kind in _outgoing


def opens_own_transactions(kind: str) -> bool:
    """Whether the body of such a job is given its id, and no transaction."""
    return kind in _outgoing or kind in _long


def is_fleeting(kind: str) -> bool:
    """Whether the row of a job of this kind goes once it is done."""
    return kind in _fleeting


def body_of(kind: str) -> Body:
    """The registered body. Raises KeyError for an unknown kind."""
    return _bodies[kind]


def enqueue(kind: str, **args: Any) -> Job:
    """Queue a job in the caller's tenant and transaction; a rollback takes it back. args: JSON values."""
    _check(kind)
    queued: Job = Job.objects.create(kind=kind, args=args)
    with connections[current().alias].cursor() as cursor:
        cursor.execute("SELECT app.defer_job(%s)", [queued.id])
    return queued


def put_off(kind: str, until: datetime, **args: Any) -> Job:
    """Leave a job for later, at the first full run of the clock (tasks.py) after `until`.

    It runs as the caller, or as an owner of the business when the caller is no longer a member then.
    """
    _check(kind)
    later: Job = Job.objects.create(kind=kind, args=args, run_after=until)
    return later


def soon(kind: str, **args: Any) -> None:
    """Queue a job that is the business's: after the caller's commit, as the caller or, once she is no longer
    a member, as an owner. Works in requests and in jobs."""
    _check(kind)
    queued: Job = Job.objects.create(kind=kind, args=args, run_after=Now())
    wake(queued.id, kind)


def wake(job_id: UUID, kind: str, *, at: datetime | None = None) -> None:
    """Have the worker look at a queued job whose time has come, after the caller's commit. at: a moment later
    than that, which only a job may ask for."""
    if current().alias == WORKER:
        # By a connection of the queue's own, so not before others can see the job's row. Should the process
        # end between the two, the clock finds it.
        task = app.configure_task(RUN_OUTGOING if is_outgoing(kind) else RUN, schedule_at=at)
        transaction.on_commit(partial(task.defer, job_id=str(job_id)), using=WORKER)
        return
    with connections[current().alias].cursor() as cursor:
        cursor.execute("SELECT app.defer_job(%s)", [job_id])


def _check(kind: str) -> None:
    if kind not in _bodies:
        raise ValueError(f"No body is registered for job kind {kind!r}.")
