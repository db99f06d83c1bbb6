"""The tables that audit, history, undo and the revert of an import are readings of.

The application's role may add to them and read them, and neither change nor remove a row. Only the
database's functions app.redact_history and app.forget_history take values out of a row, and leave their
digest in it (docs/adr/0021-privacy.md).
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from dott.platform.tenancy.fields import APPEND_ONLY, TenantForeignKey, TenantIdField
from dott.platform.tenancy.models import TenantModel


class NewSalt(models.Func):
    """A random UUID, made by the database for each row."""

    function = "gen_random_uuid"
    arity = 0
    output_field = models.UUIDField()
    allowed_default = True


class Redactable(models.Model):
    """A row whose values can be taken out of it.

    digest: app.change_digest or app.reason_digest of what stood in it, once redacted_at says that it
    does so no more. salt: keeps a digest from being guessed; it goes with the values. Rows from before it
    have none.
    """

    salt = models.UUIDField(null=True, db_default=NewSalt(), editable=False)
    digest = models.BinaryField(null=True, editable=False)
    redacted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_erased(self) -> bool:
        """Whether values were taken out of it."""
        return self.redacted_at is not None


class ChangeSet(Redactable, TenantModel):
    """One action of one actor: everything it changed is undone together or not at all."""

    class Kind(models.TextChoices):
        USER = "user"
        API_KEY = "api_key"
        IMPORT = "import"
        SYSTEM = "system"
        # Who signed in, who was given what: written by the login role (security.py), without changes.
        SECURITY = "security"

    tenant_id = TenantIdField(grants=APPEND_ONLY)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    actor = TenantForeignKey(
        "identity.Membership", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.USER, db_default=Kind.USER)
    request_id = models.CharField(max_length=64, blank=True, default="", db_default="")
    reason = models.CharField(max_length=255, blank=True, default="", db_default="")
    # Of a security event: its name, and what is to know of it.
    event = models.CharField(max_length=40, blank=True, default="", db_default="")
    details = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    # The undoing set names the undone one: the reverse would mean changing an append-only row.
    undoes = TenantForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by", db_index=False
    )

    class Meta(TenantModel.Meta):
        db_table = "history_change_set"
        constraints = [
            models.CheckConstraint(
                name="history_change_set_kind_is_known",
                condition=Q(kind__in=["user", "api_key", "import", "system", "security"]),
            ),
            models.UniqueConstraint(
                name="history_change_set_undone_once", fields=["undoes"], condition=Q(undoes__isnull=False)
            ),
        ]
        # "What happened lately", newest first: all of it, somebody's, or all imports.
        indexes = [
            models.Index(name="history_change_set_latest", fields=["created_at", "id"]),
            models.Index(name="history_change_set_of_actor", fields=["actor", "created_at", "id"]),
            models.Index(name="history_change_set_of_kind", fields=["kind", "created_at", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Change(Redactable, TenantModel):
    """What one change set did to one record: the changed fields before and after.

    before is empty for a creation, after for a deletion; there a field that is absent was empty
    (snapshot.empty_of). A deletion also keeps when and by whom the record was made, and its version.
    """

    class Operation(models.TextChoices):
        CREATE = "create"
        UPDATE = "update"
        TRASH = "trash"
        RESTORE = "restore"
        DELETE = "delete"

    tenant_id = TenantIdField(grants=APPEND_ONLY)
    change_set = TenantForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="changes", db_index=False)
    # A Django label such as crm.customer. No foreign key: history outlives the record.
    entity = models.CharField(max_length=63)
    record_id = models.UUIDField()
    operation = models.CharField(max_length=10, choices=Operation)
    before = models.JSONField(encoder=DjangoJSONEncoder, default=dict)
    after = models.JSONField(encoder=DjangoJSONEncoder, default=dict)

    class Meta(TenantModel.Meta):
        db_table = "history_change"
        constraints = [
            models.CheckConstraint(
                name="history_change_operation_is_known",
                condition=Q(operation__in=["create", "update", "trash", "restore", "delete"]),
            ),
            # A set touches a record once; also the way from a set to its changes (undo, revert).
            models.UniqueConstraint(
                name="history_change_once_per_set", fields=["change_set", "entity", "record_id"]
            ),
        ]
        # The history of one record, in order.
        indexes = [models.Index(name="history_change_of_record", fields=["record_id", "id"])]

    def __str__(self) -> str:
        return f"{self.operation} {self.entity} {self.record_id}"


class ChainLink(TenantModel):
    """One link of the chain that seals the log of a business (chain.py): the change set at this position."""

    tenant_id = TenantIdField(grants=APPEND_ONLY)
    # 1, 2, 3 … in the order in which the sets were sealed.
    position = models.BigIntegerField()
    change_set = TenantForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="links", db_index=False)
    # HMAC-SHA256 over the digest before, the position and the set with its changes.
    digest = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(TenantModel.Meta):
        db_table = "history_link"
        constraints = [
            models.UniqueConstraint(name="history_link_position_once", fields=["position"]),
            models.UniqueConstraint(name="history_link_seals_a_set_once", fields=["change_set"]),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.change_set_id}"
