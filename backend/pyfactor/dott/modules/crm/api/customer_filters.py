"""What a list of customers can be narrowed by."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet

from dott.modules.crm.api.tag_fields import TagFilter, TagListFilter
from dott.modules.crm.custom.resource import OWN_FIELDS
from dott.modules.crm.models import Customer, CustomerTag
from dott.modules.crm.models.keys import KEY_MAX_LENGTH
from dott.platform.api.filtering.fields import Stored, field_of, link_field
from dott.platform.api.filters import InFilter, MemberFilter, SearchFilter, StrictFilterSet
from dott.platform.tenancy.search import search_key


def _key(name: str) -> str:
    return search_key(name)[:KEY_MAX_LENGTH]


class PlaceFilter(django_filters.CharFilter):
    """A place by its name, whatever its case and accents."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Rows whose key equals the name's; `value` is a list for `__in`."""
        if isinstance(value, list):
            return super().filter(qs, [_key(item) for item in value])
        return super().filter(qs, _key(value) if value else value)


class MemberListFilter(InFilter, MemberFilter):
    """Rows that belong to one of several members."""


class PlaceListFilter(PlaceFilter, InFilter):
    """One of several places."""


class CustomerFilters(StrictFilterSet):
    """Each of these is answered by an index that begins with the tenant (tests/test_customer_plans.py)."""

    own_fields = OWN_FIELDS["customer"]

    q = SearchFilter(label="Words in name, e-mail, phone, account number, external id or city.")
    owner = MemberFilter(field_name="owner", label="A member's id, or `me`.")
    owner__in = MemberListFilter(field_name="owner", lookup_expr="in")
    billing_city = PlaceFilter(field_name="city_key")
    billing_city__in = PlaceListFilter(field_name="city_key", lookup_expr="in")
    tag = TagFilter(label="Customers that carry this tag.")
    tag__in = TagListFilter(field_name="tag", label="Customers that carry one of these tags.")

    class Meta:
        model = Customer
        fields = {
            "kind": ["exact", "in"],
            "stage": ["exact", "in"],
            "status": ["exact", "in"],
            "billing_country": ["exact", "in"],
            "source": ["exact", "in"],
            "industry": ["exact", "in"],
            "created_at": ["gte", "lt"],
            "updated_at": ["gte", "lt"],
        }
        compound = (
            field_of(Customer, "account_number", column="number"),
            link_field("tags", CustomerTag, record="customer", to="tag"),
            "display_name", "external_id", "salutation", "first_name", "last_name", "email", "phone",
            "website", "tax_id", "is_tax_exempt", "tax_exempt_expires_on", "currency", "language", "timezone",
            "billing_line1", "billing_region", "billing_county", "billing_postal_code",
            "shipping_city", "shipping_country", "notes", "do_not_call", "do_not_email",
            "last_activity_at", "next_activity_at", "created_by", "updated_by",
        )  # fmt: skip
        search_keys: ClassVar = {
            "display_name": Stored("name_key", _key),
            "billing_city": Stored("city_key", _key),
            "email": Stored("email_key", str.lower),
        }
