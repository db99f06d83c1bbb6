"""What remains of an erasure, which is proof and nothing of whom it was about; and how long a business
keeps things."""

from django.db import models
from django.db.models.functions import Now

from dott.platform.history.models import ChangeSet
from dott.platform.tenancy.fields import APPEND_ONLY, TenantForeignKey, TenantIdField
from dott.platform.tenancy.models import TenantModel, TrackedModel


class Erasure(TenantModel):
    """A certificate: a person's data was erased then, by that member, so much of each kind.

    subject_digest: SHA-256 over a random proof and what she was searched by. Only whoever has the proof,
    which was shown once and is not kept, can tell whom it is about. counts: kind → how many. left: entity →
    how many records mention her and stay, because they are others' own. change_set: the erasure's place in
    the log.
    """

    tenant_id = TenantIdField(grants=APPEND_ONLY)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    actor = TenantForeignKey(
        "identity.Membership", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    change_set = TenantForeignKey(
        ChangeSet, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    subject_digest = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    left = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        db_table = "privacy_erasure"
        constraints = [
            models.CheckConstraint(
                name="privacy_erasure_subject_digest_is_sha256",
                condition=models.Q(subject_digest__regex=r"^[0-9a-f]{64}$"),
            ),
        ]
        indexes = [models.Index(name="privacy_erasure_latest", fields=["created_at", "id"])]

    def __str__(self) -> str:
        return f"Erasure {self.id}"

    @property
    def version(self) -> int:
        """Always the first: nobody changes a certificate."""
        return 1


# What may be set of how long things are kept: column → least and most days. Ten years at most.
RANGES = {
    "trash_days": (1, 365),
    "import_days": (1, 365),
    "notification_days": (7, 3_650),
    "history_days": (30, 3_650),
    "inactive_days": (90, 3_650),
}


def _range_rule(name: str, least: int, most: int) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"privacy_retention_{name}_in_range",
        condition=models.Q(**{f"{name}__isnull": True})
        | models.Q(**{f"{name}__gte": least, f"{name}__lte": most}),
    )


class RetentionRules(TrackedModel):
    """How long a business keeps things, in days. A business without a row keeps them as one with the
    defaults.

    Null: as long as there is no reason to remove them; for imports, their standard time. inactive_days: of
    whom nothing was heard for so long is listed; nobody removes them.
    """

    only_one = models.BooleanField(default=True, db_default=True, editable=False)
    trash_days = models.SmallIntegerField(default=30, db_default=30)
    import_days = models.SmallIntegerField(null=True)
    notification_days = models.SmallIntegerField(null=True)
    history_days = models.SmallIntegerField(null=True)
    inactive_days = models.SmallIntegerField(null=True)

    class Meta(TrackedModel.Meta):
        db_table = "privacy_retention"
        constraints = [
            models.UniqueConstraint(name="privacy_retention_only_one", fields=["only_one"]),
            models.CheckConstraint(name="privacy_retention_one_is_true", condition=models.Q(only_one=True)),
            models.CheckConstraint(
                name="privacy_retention_version_counts_from_one", condition=models.Q(version__gte=1)
            ),
            *(_range_rule(name, least, most) for name, (least, most) in RANGES.items()),
        ]

    def __str__(self) -> str:
        return "Retention"
