"""What a member was told: that the time of a reminder has come, or that somebody named her in a text."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from dott.modules.crm.models import columns
from dott.modules.crm.models.activities import Activity
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TenantModel


class Reason(models.TextChoices):
    """Why she is told."""

    REMINDER = "reminder"
    MENTION = "mention"


class Notification(TenantModel):
    """A reminder that was delivered to a member, once for each time it was set to; or that the text of an
    activity names her, once for each activity (ADR 23).

    remind_at: of a reminder only. author: who named her, of a mention only. mailed_at: null until the mail
    has gone, of a mention for ever. read_at: null until she has seen it.
    """

    reason = columns.word(Reason, Reason.REMINDER)
    recipient = TenantForeignKey(
        "identity.Membership", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    activity = TenantForeignKey(
        Activity, on_delete=models.CASCADE, related_name="notifications", db_index=False
    )
    remind_at = models.DateTimeField(null=True)
    author = columns.member()
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    mailed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        db_table = "crm_notification"
        constraints = [
            columns.choice_rule("notification", "reason", Reason),
            models.UniqueConstraint(name="notification_once_per_reminder", fields=["activity", "remind_at"]),
            models.UniqueConstraint(
                name="notification_once_per_mention",
                fields=["activity", "recipient"],
                condition=Q(reason=Reason.MENTION),
            ),
            models.CheckConstraint(
                name="notification_reminder_has_a_time",
                condition=Q(reason=Reason.REMINDER, remind_at__isnull=False, author__isnull=True)
                | Q(reason=Reason.MENTION, remind_at__isnull=True),
            ),
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
        return f"{self.reason} {self.activity_id}"
