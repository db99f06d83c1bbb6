"""What was exported: who took which list out, and the sum of the very bytes that left."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from dott.modules.crm.models import columns
from dott.platform.tenancy.fields import APPEND_ONLY, TenantIdField
from dott.platform.tenancy.models import TenantModel


class ExportEntity(models.TextChoices):
    """What the list is of."""

    CUSTOMER = "customer"
    CONTACT = "contact"
    DEAL = "deal"


class ExportFile(models.TextChoices):
    """The kind of file."""

    CSV = "csv"
    XLSX = "xlsx"


class Export(TenantModel):
    """One list that was sent as a file. Rows are added and never changed.

    receipt: what the page that asked for the file calls this export, to find it here afterwards.
    row_count: records, without the header line. sha256: of the file, in hexadecimal.
    """

    tenant_id = TenantIdField(grants=APPEND_ONLY)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = columns.member()
    receipt = models.UUIDField(null=True)
    entity = models.CharField(max_length=8, choices=ExportEntity)
    file = models.CharField(max_length=4, choices=ExportFile)
    row_count = models.BigIntegerField()
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        db_table = "crm_export"
        constraints = [
            columns.choice_rule("export", "entity", ExportEntity),
            columns.choice_rule("export", "file", ExportFile),
            models.CheckConstraint(name="export_sum_is_sha256", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
            models.UniqueConstraint(name="export_receipt_is_unique", fields=["receipt"]),
        ]
        indexes = [models.Index(name="crm_export_by_created", fields=["created_at", "id"])]

    def __str__(self) -> str:
        return f"{self.entity} {self.sha256[:12]}"
