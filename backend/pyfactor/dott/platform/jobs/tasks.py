"""What the queue knows: a task for each lane that runs a job by id, and two clocks: one finds crashed
workers' jobs, one the jobs that were put off until now."""

from typing import Any
from uuid import UUID

from django.db import close_old_connections, connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from dott.platform.jobs import runner
from dott.platform.jobs.queue import RUN, RUN_OUTGOING
from dott.platform.tenancy.router import WORKER

# The queue of the outgoing lane; the common one is procrastinate's default.
OUTGOING_QUEUE = "outgoing"
_RETRY = RetryStrategy(max_attempts=runner.MAX_ATTEMPTS, linear_wait=5, retry_exceptions=[runner.TryAgain])


@app.task(name=RUN, retry=_RETRY)
def run(job_id: str) -> None:
    """Run the job in one of the worker's threads. job_id: uuid as text."""
    close_old_connections()
    try:
        runner.run(UUID(job_id))
    except runner.OtherLane:
        # Whoever queued it was not told of lanes: a request, or the clock.
        run_outgoing.defer(job_id=job_id)
    finally:
        connections[WORKER].close()


@app.task(name=RUN_OUTGOING, queue=OUTGOING_QUEUE, retry=_RETRY)
def run_outgoing(job_id: str) -> None:
    """As run, for what waits for strangers."""
    close_old_connections()
    try:
        runner.run(UUID(job_id), is_outgoing_lane=True)
    finally:
        connections[WORKER].close()


@app.periodic(cron="* * * * *")
@app.task(name="dott.retry_stalled", queueing_lock="dott.retry_stalled", pass_context=True)
async def retry_stalled(context: Any, timestamp: int) -> None:
    """Queue again what a killed worker was running; job bodies are safe to run twice."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=30):
        await manager.retry_job(stalled)


@app.periodic(cron="* * * * *")
@app.task(name="dott.run_due", queueing_lock="dott.run_due")
def run_due(timestamp: int) -> None:
    """Queue what was put off until now. The clock itself enters no business: each job does, by its id."""
    try:
        for job_id in runner.due():
            try:
                run.configure(queueing_lock=str(job_id)).defer(job_id=str(job_id))
            except AlreadyEnqueued:
                # An earlier run of the clock has queued it and the worker is behind.
                continue
    finally:
        connections[WORKER].close()
