"""What a member was told: that the time of a reminder has come."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from dott.modules.crm.models.activities import Activity
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TenantModel


class Notification(TenantModel):
    """A reminder that was delivered to a member, once for each time it was set to.

    mailed_at: null until the mail has gone. read_at: null until she has seen it.
    """

    recipient = TenantForeignKey(
        "identity.Membership", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    activity = TenantForeignKey(
        Activity, on_delete=models.CASCADE, related_name="notifications", db_index=False
    )
    remind_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    mailed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        db_table = "crm_notification"
        constraints = [
            models.UniqueConstraint(name="notification_once_per_reminder", fields=["activity", "remind_at"]),
        ]
        indexes = [
            models.Index(name="crm_notification_by_created", fields=["recipient", "created_at", "id"]),
            models.Index(
                name="crm_notification_unread",
                fields=["recipient", "created_at", "id"],
                condition=Q(read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.remind_at}"
