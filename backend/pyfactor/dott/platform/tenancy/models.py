"""Base classes of tenant-scoped models. A row of such a model belongs to exactly one business."""

from typing import Any, Self

from django.db import models
from django.utils import timezone

from dott.platform.tenancy.context import current, current_membership_id
from dott.platform.tenancy.fields import (
    APPEND_ONLY,
    READ_ONLY,
    READ_WRITE,
    CurrentTenant,
    TenantForeignKey,
    TenantIdField,
    UUIDv7,
)
from dott.platform.tenancy.visibility import InSight

__all__ = [
    "APPEND_ONLY",
    "READ_ONLY",
    "READ_WRITE",
    "TenantForeignKey",
    "TenantIdField",
    "TenantManager",
    "TenantModel",
    "TenantQuerySet",
    "TrackedModel",
    "UUIDv7",
]


class TenantQuerySet(models.QuerySet[Any]):
    """Base of every chainable filter on tenant rows."""


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]  # django-stubs cannot see from_queryset bases
    """Writes the tenant as a constant into every query, also those made by save() and delete(), and what the
    acting member sees of the model's rows."""

    def get_queryset(self) -> Any:
        """The rows of the active tenant that the member sees. Raises NoTenantContext when the query runs
        outside one."""
        return super().get_queryset().filter(InSight(self.model), tenant_id=CurrentTenant())


class TenantModel(models.Model):
    """A row of one tenant. In the database its key is (tenant_id, id); Django sees `id`."""

    tenant_id = TenantIdField()
    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *args: Any) -> bool:  # type: ignore[override]  # private hook, wider in the stubs
        """A row never moves to another tenant, so an UPDATE never names the column."""
        kept = [value for value in values if not isinstance(value[0], TenantIdField)]
        return bool(super()._do_update(base_qs, using, pk_val, kept, *args))


class TrackedModel(TenantModel):
    """A tenant row that knows who wrote it when, and how often it changed (`version`, the ETag)."""

    created_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    updated_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    created_by = TenantForeignKey(
        "identity.Membership",
        on_delete=models.PROTECT,
        null=True,
        default=current_membership_id,
        editable=False,
        related_name="+",
        db_index=False,
    )
    updated_by = TenantForeignKey(
        "identity.Membership",
        on_delete=models.PROTECT,
        null=True,
        default=current_membership_id,
        editable=False,
        related_name="+",
        db_index=False,
    )
    version = models.BigIntegerField(default=1, db_default=1, editable=False)

    class Meta(TenantModel.Meta):
        abstract = True

    def touch(self) -> Self:
        """Mark the next save as a change by the acting member: version + 1, updated_at, updated_by."""
        self.version += 1
        self.updated_at = timezone.now()
        self.updated_by_id = current().membership_id
        return self
