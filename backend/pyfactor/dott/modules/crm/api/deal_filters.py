"""What a list of deals can be narrowed by."""

from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet

from dott.modules.crm.api.customer_filters import MemberListFilter
from dott.modules.crm.api.tag_fields import TagFilter, TagListFilter
from dott.modules.crm.custom.resource import OWN_FIELDS
from dott.modules.crm.models import Deal, DealTag
from dott.modules.crm.models.keys import KEY_MAX_LENGTH
from dott.platform.api.filtering.fields import Stored, field_of, link_field
from dott.platform.api.filters import MemberFilter, SearchFilter, StrictFilterSet
from dott.platform.tenancy.search import search_key

# Digits of an amount before the point, of 18.
_MAX_DIGITS = 14


class AmountFilter(django_filters.NumberFilter):
    """Amounts in whatever currency, compared by their whole-numbered twin (models/deals.py)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=_MAX_DIGITS + 4, decimal_places=4, **kwargs)

    def filter(self, qs: QuerySet[Any], value: Decimal | None) -> QuerySet[Any]:
        """All rows for no value."""
        return super().filter(qs, None if value is None else int(value * 10_000))


class DealFilters(StrictFilterSet):
    """Each of these is answered by an index that begins with the tenant (tests/test_plans.py)."""

    own_fields = OWN_FIELDS["deal"]

    q = SearchFilter(label="Words in name, number, external id or next step.")
    owner = MemberFilter(field_name="owner", label="A member's id, or `me`.")
    owner__in = MemberListFilter(field_name="owner", lookup_expr="in")
    amount__gte = AmountFilter(field_name="amount_key", lookup_expr="gte", label="At least, in any currency.")
    amount__lte = AmountFilter(field_name="amount_key", lookup_expr="lte", label="At most, in any currency.")
    tag = TagFilter(label="Deals that carry this tag.")
    tag__in = TagListFilter(field_name="tag", label="Deals that carry one of these tags.")

    class Meta:
        model = Deal
        fields: ClassVar = {
            "pipeline": ["exact"],
            "stage": ["exact", "in"],
            "category": ["exact", "in"],
            "customer": ["exact"],
            "contact": ["exact"],
            "lost_reason": ["exact"],
            "expected_close_on": ["gte", "lte"],
            "closed_at": ["gte", "lt"],
            "created_at": ["gte", "lt"],
            "updated_at": ["gte", "lt"],
        }
        compound = (
            field_of(Deal, "deal_number", column="number"),
            link_field("tags", DealTag, record="deal", to="tag"),
            "name", "external_id", "amount", "currency", "probability", "stage_entered_at", "lost_note",
            "source", "next_step", "description", "last_activity_at", "next_activity_at",
            "created_by", "updated_by",
        )  # fmt: skip
        search_keys: ClassVar = {"name": Stored("name_key", lambda text: search_key(text)[:KEY_MAX_LENGTH])}
