"""The files in which a business left, or may leave: who asked for one, what became of it, and its sum."""

from typing import Any

from django.db import models
from django.db.models import Q, Value

from dott.platform.jobs.models import Job
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TrackedModel


class BusinessExport(TrackedModel):
    """One file of the whole business that an owner asked for. The row outlives the file.

    is_open: until its job has come to an end, well or not. file_key: where the file lies (platform/files).
    records: entity → how many. sha256: of the file, in hexadecimal, "" until there is one. expires_at: when
    the file goes; null without one. purged_at: since then it is gone.
    """

    class Status(models.TextChoices):
        """What an owner sees of it. Worked out, because a job that failed could not say so here."""

        QUEUED = "queued"
        RUNNING = "running"
        READY = "ready"
        FAILED = "failed"
        EXPIRED = "expired"

    job = TenantForeignKey(Job, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_open = models.BooleanField(default=True, db_default=True)
    file_key = models.UUIDField()
    records = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    size_bytes = models.BigIntegerField(default=0, db_default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    class Meta(TrackedModel.Meta):
        db_table = "portability_export"
        constraints = [
            models.UniqueConstraint(
                name="portability_export_one_at_a_time", fields=["is_open"], condition=Q(is_open=True)
            ),
            models.UniqueConstraint(name="portability_export_of_job", fields=["job"]),
            models.CheckConstraint(
                name="portability_export_sum_is_sha256",
                condition=Q(sha256="") | Q(sha256__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="portability_export_finished_with_a_sum",
                condition=Q(finished_at__isnull=True)
                | Q(is_open=False, expires_at__isnull=False) & ~Q(sha256=""),
            ),
        ]
        indexes = [models.Index(name="portability_export_by_created", fields=["created_at", "id"])]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d} {self.sha256[:12]}"

    @property
    def progress(self) -> dict[str, Any]:
        """{"phase", "done", "total"}, as of every job; counted are records and files."""
        return dict(self.job.progress)
