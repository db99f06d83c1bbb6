"""Progress of a running job, published on a connection of its own."""

from typing import TYPE_CHECKING

from django.db import connections

from dott.platform.tenancy.router import WORKER

if TYPE_CHECKING:
    from dott.platform.jobs.models import Job


def publish(job: "Job") -> None:
    """Write phase, done and total so that readers see them while the job's transaction is open."""
    side = connections[WORKER].copy()
    try:
        with side.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT app.claim_job(%s)", [job.id])
            cursor.execute(
                "UPDATE jobs_job SET phase = %s, done = %s, total = %s WHERE tenant_id = %s AND id = %s",
                [job.phase, job.done, job.total, job.tenant_id, job.id],
            )
            cursor.execute("COMMIT")
    finally:
        side.close()
