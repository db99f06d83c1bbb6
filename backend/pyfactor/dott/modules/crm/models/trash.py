"""Records that can be trashed: they keep their row for a while and block no value meanwhile."""

from typing import Self

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from dott.modules.crm.models import columns
from dott.modules.crm.search import search_condition
from dott.platform.tenancy.models import TenantQuerySet

IN_USE = Q(deleted_at__isnull=True)


class TrashQuerySet(TenantQuerySet):
    """Chainable filters on records that can be trashed and found by their `search_text`."""

    def in_use(self) -> Self:
        """Without those in the trash."""
        return self.filter(IN_USE)

    def trashed(self) -> Self:
        """Only those in the trash."""
        return self.filter(deleted_at__isnull=False)

    def search(self, text: str) -> Self:
        """Those that match every term of what somebody typed (search.py)."""
        return self.filter(search_condition(text))


class Trashable(models.Model):
    """When and by whom a record was put into the trash; both null while it is in use."""

    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_by = columns.member(editable=False)

    class Meta:
        abstract = True


def trash_rule(name: str) -> CheckConstraint:
    """Who trashed it is only known of what is trashed."""
    return CheckConstraint(
        name=f"{name}_trashed_by_needs_trashed_at",
        condition=Q(deleted_at__isnull=False) | Q(deleted_by__isnull=True),
    )


def trash_index(name: str) -> Index:
    """Serves the list of the trash and its purge."""
    return Index(name=f"crm_{name}_trash", fields=["deleted_at"], condition=Q(deleted_at__isnull=False))
