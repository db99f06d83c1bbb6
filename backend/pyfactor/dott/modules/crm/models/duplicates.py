"""Customers that may be one: what a search through the business found, and what people said of it."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from dott.modules.crm.models import columns
from dott.platform.jobs.models import Job
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TenantModel, TrackedModel


def _customer(related_name: str) -> TenantForeignKey:
    return TenantForeignKey(
        "crm.Customer", on_delete=models.CASCADE, related_name=related_name, db_index=False
    )


def _pair_rules(of: str) -> list[models.BaseConstraint]:
    """Two customers, once. Whoever writes a pair writes it in the order of the two ids. The database does not
    ask for that: it would say one thing of a foreign id that is larger and another of one that is smaller."""
    return [
        models.CheckConstraint(name=f"{of}_of_two", condition=~Q(first=F("second"))),
        models.UniqueConstraint(name=f"{of}_once", fields=["first", "second"]),
    ]


class DuplicateScan(TenantModel):
    """One search through the whole business. The newest one's pairs are kept."""

    job = TenantForeignKey(Job, on_delete=models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    # Pairs that were found, and whether that is as many as are kept.
    found = models.IntegerField(default=0, db_default=0)
    is_cut = columns.flag()

    class Meta(TenantModel.Meta):
        db_table = "crm_duplicate_scan"

    def __str__(self) -> str:
        return f"{self.found} pairs"


class DuplicatePair(TenantModel):
    """Two customers that were much alike when the business was searched. Worked out, so without a history."""

    first = _customer("duplicate_pairs")
    second = _customer("duplicate_pairs_as_second")
    # Sum of the reasons' weights at that time (duplicates/reasons.py).
    score = models.SmallIntegerField()

    class Meta(TenantModel.Meta):
        db_table = "crm_duplicate_pair"
        constraints = _pair_rules("duplicate_pair")
        indexes = [
            models.Index(name="crm_duplicate_pair_by_score", fields=["score", "id"]),
            # Customers that go take their pairs with them.
            models.Index(name="crm_duplicate_pair_second", fields=["second"]),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}: {self.score}"


class Distinction(TrackedModel):
    """Somebody has said of two customers that they are not the same, however alike they are."""

    first = _customer("distinctions")
    second = _customer("distinctions_as_second")

    class Meta(TrackedModel.Meta):
        db_table = "crm_distinction"
        constraints = [columns.version_rule("distinction"), *_pair_rules("distinction")]
        indexes = [
            models.Index(name="crm_distinction_second", fields=["second"]),
            models.Index(name="crm_distinction_by_created", fields=["created_at", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"
