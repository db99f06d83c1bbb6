"""Who wants to hear of what, by which secret, and what became of each message."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint, Value
from django.db.models.fields.json import JSONField
from django.db.models.functions import Now

from dott.platform.history.models import ChangeSet
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TenantModel, TrackedModel

URL_MAX_LENGTH = 2_000
MAX_EVENTS = 100
EVENT_MAX_LENGTH = 80


class DisabledReason(models.TextChoices):
    """Why an endpoint is off, where nobody switched it off."""

    GONE = "gone"
    FAILING = "failing"


class Endpoint(TrackedModel):
    """An address of another program, and the events that it hears of ("*": all, now and later)."""

    url = models.CharField(max_length=URL_MAX_LENGTH)
    description = models.CharField(max_length=200, blank=True, default="", db_default="")
    events = ArrayField(models.CharField(max_length=EVENT_MAX_LENGTH), size=MAX_EVENTS)
    is_enabled = models.BooleanField(default=True, db_default=True)
    disabled_reason = models.CharField(
        max_length=10, choices=DisabledReason, blank=True, default="", db_default=""
    )
    # How it has answered lately: failures in a row, and since when. Written beside the history, not into it.
    failures = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)

    class Meta(TrackedModel.Meta):
        db_table = "webhooks_endpoint"
        constraints = [
            CheckConstraint(name="endpoint_version_counts_from_one", condition=Q(version__gte=1)),
            CheckConstraint(name="endpoint_url_given", condition=~Q(url="")),
            CheckConstraint(
                name="endpoint_disabled_reason_is_known",
                condition=Q(disabled_reason__in=["", *DisabledReason.values]),
            ),
            CheckConstraint(
                name="endpoint_enabled_without_reason", condition=Q(is_enabled=False) | Q(disabled_reason="")
            ),
        ]
        indexes = [Index(name="webhooks_endpoint_by_created", fields=["created_at", "id"])]

    def __str__(self) -> str:
        return self.url

    def hears(self, event_type: str) -> bool:
        """Whether it wants to be told of such an event."""
        return event_type in self.events or "*" in self.events


class EndpointSecret(TenantModel):
    """What an endpoint's messages are signed with, sealed; the one without an end is the current one.

    The one before signs along until its end. Not part of the endpoint, so that history keeps none of it.
    """

    endpoint = TenantForeignKey(Endpoint, on_delete=models.CASCADE, related_name="secrets", db_index=False)
    sealed = models.TextField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        db_table = "webhooks_endpoint_secret"
        constraints = [
            UniqueConstraint(
                name="endpoint_secret_one_is_current",
                fields=["endpoint"],
                condition=Q(expires_at__isnull=True),
            )
        ]
        indexes = [Index(name="webhooks_secret_of_endpoint", fields=["endpoint", "id"])]

    def __str__(self) -> str:
        return f"secret of {self.endpoint_id}"


class Delivery(TenantModel):
    """One message to one endpoint: what it says, how often it was tried, and how that went.

    attempts: the latest of them, oldest first: {"at", "status" (null without an answer), "error",
    "duration_ms", "head"}. tries: since it was made, or was last asked to be sent again.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        FAILED = "failed"

    endpoint = TenantForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    # Null for a message that somebody sent to try the endpoint.
    change_set = TenantForeignKey(
        ChangeSet, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    event_type = models.CharField(max_length=EVENT_MAX_LENGTH)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    attempts = models.JSONField(default=list, db_default=Value([], JSONField()), blank=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_error = models.CharField(max_length=40, blank=True, default="", db_default="")
    last_duration_ms = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    last_attempt_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    # While a worker has it in hand; after that another may take it.
    leased_until = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        db_table = "webhooks_delivery"
        constraints = [
            CheckConstraint(
                name="delivery_state_is_known", condition=Q(state__in=["waiting", "delivered", "failed"])
            ),
            CheckConstraint(
                name="delivery_waits_for_something",
                condition=~Q(state="waiting") | Q(next_attempt_at__isnull=False),
            ),
            # A change set tells an endpoint of each kind of event once, however often its job runs.
            UniqueConstraint(name="delivery_once_per_event", fields=["change_set", "endpoint", "event_type"]),
        ]
        indexes = [
            Index(name="webhooks_delivery_by_created", fields=["created_at", "id"]),
            Index(name="webhooks_delivery_of_endpoint", fields=["endpoint", "created_at", "id"]),
            Index(
                name="webhooks_delivery_due",
                fields=["endpoint", "next_attempt_at"],
                condition=Q(state="waiting"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_type} {self.state}"

    @property
    def version(self) -> str:
        """For the ETag: what can become of it."""
        return f"{self.state}-{self.tries}-{self.last_attempt_at and self.last_attempt_at.timestamp()}"

    @property
    def message_id(self) -> str:
        """The webhook-id: the same for every attempt, so that a receiver can tell a repetition."""
        return f"msg_{self.id.hex}"
