"""Tables of the API platform: remembered answers and counters."""

from django.db import models

from dott.platform.tenancy.models import TenantModel


class IdempotencyKey(TenantModel):
    """The answer to one POST, kept so that a client that never received it may ask again."""

    membership_id = models.UUIDField()
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=64)
    fingerprint = models.BinaryField()
    status = models.SmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    created_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta(TenantModel.Meta):
        db_table = "api_idempotency_key"
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id", "route", "key"], name="api_idempotency_key_once_per_member_and_route"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="api_idempotency_key_age")]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"


class RateLimit(models.Model):
    """How often one key was used since its window began. Unlogged: a crash forgets counts, nothing else."""

    pk = models.CompositePrimaryKey("scope", "key")
    scope = models.CharField(max_length=64)
    # SHA-256 of what is limited (an address, an e-mail): the table names nobody.
    key = models.BinaryField()
    hits = models.IntegerField()
    window_started_at = models.DateTimeField()

    class Meta:
        db_table = "api_rate_limit"
        indexes = [models.Index(fields=["window_started_at"], name="api_rate_limit_age")]

    def __str__(self) -> str:
        return f"{self.scope}: {self.hits}"
