"""The tenant's side of a background job; the queue itself (procrastinate) holds only its id."""

from typing import Any

from django.db import models
from django.db.models.functions import Now

from dott.platform.tenancy.models import TenantModel, TrackedModel


class Job(TrackedModel):
    """One piece of background work, its progress and its outcome, as its tenant sees it."""

    class State(models.TextChoices):
        """Where the job is. `running` after a crash is picked up again."""

        QUEUED = "queued"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"

    kind = models.CharField(max_length=80)
    args = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    state = models.CharField(max_length=20, choices=State, default=State.QUEUED, db_default=State.QUEUED)
    attempts = models.SmallIntegerField(default=0, db_default=0)
    phase = models.CharField(max_length=40, blank=True, default="", db_default="")
    done = models.BigIntegerField(default=0, db_default=0)
    total = models.BigIntegerField(default=0, db_default=0)
    error_code = models.CharField(max_length=80, blank=True, default="", db_default="")
    error_detail = models.TextField(blank=True, default="", db_default="")
    queued_at = models.DateTimeField(db_default=Now())
    # Not before this time; null: at once. A job put off so is the business's and outlives its member.
    run_after = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        db_table = "jobs_job"
        constraints = [
            models.CheckConstraint(
                name="jobs_job_state_is_known",
                condition=models.Q(state__in=["queued", "running", "succeeded", "failed"]),
            )
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="jobs_job_open"),
            # What the clock looks for every minute, in all businesses: read as a whole, and short.
            models.Index(
                fields=["run_after"],
                name="jobs_job_due",
                condition=models.Q(run_after__isnull=False, state__in=["queued", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    def report(self, phase: str, done: int, total: int) -> None:
        """Show progress at once, although the job's own transaction is still open. done/total: items."""
        from dott.platform.jobs.progress import publish

        self.phase, self.done, self.total = phase, done, total
        publish(self)

    @property
    def progress(self) -> dict[str, Any]:
        """{"phase", "done", "total"} as the API shows it."""
        return {"phase": self.phase, "done": self.done, "total": self.total}
