"""Files at customers, contacts, deals and activities."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dott.modules.crm.models import columns
from dott.modules.crm.models.trash import IN_USE, Trashable, TrashQuerySet, trash_index, trash_rule
from dott.platform.files.store import FILE_NAME_MAX_LENGTH
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TenantManager, TrackedModel

OWNERS = ("customer", "contact", "deal", "activity")


class AttachmentManager(TenantManager.from_queryset(TrashQuerySet)):  # type: ignore[misc]  # as in tenancy.models
    """Attachments of the active tenant, trashed ones included."""


def _of(label: str) -> TenantForeignKey:
    return TenantForeignKey(
        label, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments", db_index=False
    )


def _one_owner() -> Q:
    """Exactly one of the four is there."""
    condition = Q()
    for owner in OWNERS:
        condition |= Q(**{f"{name}__isnull": name != owner for name in OWNERS})
    return condition


class Attachment(Trashable, TrackedModel):
    """A file of exactly one record. mime: by its content. sha256: in hexadecimal.

    The file lies under its key (platform/files) until the row is removed for good.
    """

    name = models.CharField(max_length=FILE_NAME_MAX_LENGTH)
    file_key = models.UUIDField(editable=False)
    mime = models.CharField(max_length=100, editable=False)
    size_bytes = models.BigIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    customer = _of("crm.Customer")
    contact = _of("crm.Contact")
    deal = _of("crm.Deal")
    activity = _of("crm.Activity")

    objects: ClassVar[AttachmentManager] = AttachmentManager()

    class Meta(TrackedModel.Meta):
        db_table = "crm_attachment"
        constraints = [
            models.CheckConstraint(name="attachment_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="attachment_size_is_not_negative", condition=Q(size_bytes__gte=0)),
            models.CheckConstraint(
                name="attachment_sha256_is_hexadecimal", condition=Q(sha256__regex=r"^[0-9a-f]{64}\Z")
            ),
            models.CheckConstraint(name="attachment_belongs_to_one_record", condition=_one_owner()),
            models.UniqueConstraint(name="attachment_file_key_is_unique", fields=["file_key"]),
            columns.version_rule("attachment"),
            trash_rule("attachment"),
        ]
        indexes = [
            models.Index(name="crm_attachment_by_created", fields=["created_at", "id"], condition=IN_USE),
            *(
                models.Index(
                    name=f"crm_attachment_of_{name}",
                    fields=[name, "created_at", "id"],
                    condition=Q(**{f"{name}__isnull": False}),
                )
                for name in OWNERS
            ),
            trash_index("attachment"),
        ]

    def __str__(self) -> str:
        return self.name
