"""Queueing: `@job("kind")` names a body, `enqueue("kind", …)` runs it after the caller's commit.

`put_off("kind", until, …)` is for upkeep: what has to be looked at again when a time has come.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connections

from dott.platform.jobs.models import Job
from dott.platform.tenancy.context import current

Body = Callable[..., None]
_bodies: dict[str, Body] = {}


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


def job(kind: str) -> Callable[[Body], Body]:
    """Register the body of a job: `def body(job: Job, **args) -> None`.

    It runs in one transaction, as the member who queued it; JobFailed ends it with a reason, any other
    exception rolls back and is tried again (3 attempts in all). Bodies must be safe to run twice.
    """

    def register(body: Body) -> Body:
        if kind in _bodies:
            raise ValueError(f"Two bodies are registered for job kind {kind!r}.")
        _bodies[kind] = body
        return body

    return register


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


def _check(kind: str) -> None:
    if kind not in _bodies:
        raise ValueError(f"No body is registered for job kind {kind!r}.")
