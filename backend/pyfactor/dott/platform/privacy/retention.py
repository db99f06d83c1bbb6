"""How long a business keeps things, and the job that holds it to that, once a day.

A module says in AppConfig.ready what its rules do:

    apply_rule("notification_days", forget_notifications)     takes the days, returns how many rows it removed
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import connections
from django.utils import timezone

from dott.platform.history import purge
from dott.platform.history.security import SEAL
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import job, put_off
from dott.platform.privacy.models import RetentionRules
from dott.platform.tenancy.context import current

KIND = "privacy.retention"
EVERY = timedelta(days=1)

Rule = Callable[[int], int]
_rules: dict[str, Rule] = {}


def apply_rule(name: str, body: Rule) -> None:
    """Have `body` called with the days of that column, where the business has set it."""
    _rules[name] = body


def rules() -> RetentionRules:
    """The active business's, or the defaults. One query."""
    found: RetentionRules | None = RetentionRules.objects.first()
    return found or RetentionRules()


def days(name: str) -> int | None:
    """One of them."""
    value: int | None = getattr(rules(), name)
    return value


def trash_kept() -> timedelta:
    """How long the trash keeps what is put into it."""
    return timedelta(days=rules().trash_days)


def schedule() -> None:
    """Have the rules applied from now on, once a day. Once is enough."""
    open_states = (Job.State.QUEUED, Job.State.RUNNING)
    if not Job.objects.filter(kind=KIND, state__in=open_states).exists():
        put_off(KIND, timezone.now())


def apply_rules() -> dict[str, int]:
    """Hold the active business to its rules. Rule → how many rows went, of history how many lost their
    values.

    Runs as the worker. Safe to repeat.
    """
    own = rules()
    with connections[current().alias].cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '10min'")
        done = {"trash_days": purge.purge_trash(now=timezone.now())}
        for name, body in _rules.items():
            kept_days = getattr(own, name)
            if kept_days is not None:
                done[name] = body(kept_days)
        if own.history_days is not None:
            cursor.execute("SELECT changes, sets FROM app.forget_history()")
            changes, sets = cursor.fetchone()
            done["history_days"] = changes
            if changes or sets:
                # The function has told the log.
                put_off(SEAL, timezone.now())
    return done


@job(KIND)
def apply_daily(background: Job) -> None:
    """The job that a change of the rules put off; it puts off the next."""
    apply_rules()
    put_off(KIND, timezone.now() + EVERY)
