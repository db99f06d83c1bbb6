"""Running queued jobs inside a test, without a worker process."""

from contextlib import suppress
from uuid import UUID

from django.db import connections

from dott.platform.jobs import queue, runner, tasks
from dott.platform.tenancy.router import WORKER


def queue_due() -> None:
    """What the clock does every minute: queue the jobs that were put off until now."""
    tasks.run_due(0)


def run_queued() -> int:
    """Run every job that waits in the queue, oldest first, and return how many ran.

    The queueing transaction must have been committed, as in production.
    """
    ran = 0
    while True:
        with connections[WORKER].cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE id = (SELECT min(id) FROM procrastinate_jobs"
                " WHERE status = 'todo' AND task_name IN ('dott.run', 'dott.run_outgoing'))"
                " RETURNING args->>'job_id', task_name"
            )
            row = cursor.fetchone()
        if row is None:
            return ran
        job_id, task = row
        if task == queue.RUN:
            with suppress(runner.OtherLane):
                runner.run(UUID(job_id))
                ran += 1
                continue
        runner.run(UUID(job_id), is_outgoing_lane=True)
        ran += 1
