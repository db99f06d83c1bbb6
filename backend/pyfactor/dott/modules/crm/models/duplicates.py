"""Records that may be one: what a search through the business found, and what people said of it."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from dott.modules.crm.models import columns
from dott.platform.jobs.models import Job
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TenantModel, TrackedModel


def _one_of(to: str, related_name: str) -> TenantForeignKey:
    return TenantForeignKey(to, on_delete=models.CASCADE, related_name=related_name, db_index=False)


def _pair_rules(of: str) -> list[models.BaseConstraint]:
    """Two records, once. Whoever writes a pair writes it in the order of the two ids. The database does not
    ask for that: it would say one thing of a foreign id that is larger and another of one that is smaller."""
    return [
        models.CheckConstraint(name=f"{of}_of_two", condition=~Q(first=F("second"))),
        models.UniqueConstraint(name=f"{of}_once", fields=["first", "second"]),
    ]


def _pair_indexes(prefix: str) -> list[models.Index]:
    return [
        models.Index(name=f"{prefix}_by_score", fields=["score", "id"]),
        # Records that go take their pairs with them.
        models.Index(name=f"{prefix}_second", fields=["second"]),
    ]


def _distinction_indexes(prefix: str) -> list[models.Index]:
    return [
        models.Index(name=f"{prefix}_second", fields=["second"]),
        models.Index(name=f"{prefix}_by_created", fields=["created_at", "id"]),
    ]


class Searched(models.TextChoices):
    """What a business is searched for."""

    CUSTOMER = "customer"
    CONTACT = "contact"


class DuplicateScan(TenantModel):
    """One search through a whole business for one kind of record. The newest one's pairs are kept."""

    entity = columns.word(Searched, Searched.CUSTOMER)

    job = TenantForeignKey(Job, on_delete=models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    # Pairs that were found, and whether that is as many as are kept.
    found = models.IntegerField(default=0, db_default=0)
    is_cut = columns.flag()

    class Meta(TenantModel.Meta):
        db_table = "crm_duplicate_scan"
        constraints = [columns.choice_rule("duplicate_scan", "entity", Searched)]

    def __str__(self) -> str:
        return f"{self.found} pairs"


class PairBase(TenantModel):
    """Two records that were much alike when the business was searched. Worked out, so without a history."""

    first_id: UUID
    second_id: UUID
    # Sum of the reasons' weights at that time (duplicates/reasons.py).
    score = models.SmallIntegerField()

    class Meta(TenantModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}: {self.score}"


class DuplicatePair(PairBase):
    """Two customers that were much alike."""

    first = _one_of("crm.Customer", "duplicate_pairs")
    second = _one_of("crm.Customer", "duplicate_pairs_as_second")

    class Meta(PairBase.Meta):
        abstract = False
        db_table = "crm_duplicate_pair"
        constraints = _pair_rules("duplicate_pair")
        indexes = _pair_indexes("crm_duplicate_pair")


class ContactPair(PairBase):
    """Two contacts that were much alike."""

    first = _one_of("crm.Contact", "duplicate_pairs")
    second = _one_of("crm.Contact", "duplicate_pairs_as_second")

    class Meta(PairBase.Meta):
        abstract = False
        db_table = "crm_contact_pair"
        constraints = _pair_rules("contact_pair")
        indexes = _pair_indexes("crm_contact_pair")


class DistinctionBase(TrackedModel):
    """Somebody has said of two records that they are not the same, however alike they are."""

    first_id: UUID
    second_id: UUID

    class Meta(TrackedModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"


class Distinction(DistinctionBase):
    """Two customers who are not the same."""

    first = _one_of("crm.Customer", "distinctions")
    second = _one_of("crm.Customer", "distinctions_as_second")

    class Meta(DistinctionBase.Meta):
        abstract = False
        db_table = "crm_distinction"
        constraints = [columns.version_rule("distinction"), *_pair_rules("distinction")]
        indexes = _distinction_indexes("crm_distinction")


class ContactDistinction(DistinctionBase):
    """Two contacts who are not the same."""

    first = _one_of("crm.Contact", "distinctions")
    second = _one_of("crm.Contact", "distinctions_as_second")

    class Meta(DistinctionBase.Meta):
        abstract = False
        db_table = "crm_contact_distinction"
        constraints = [columns.version_rule("contact_distinction"), *_pair_rules("contact_distinction")]
        indexes = _distinction_indexes("crm_contact_apart")
