"""Tags as part of other resources: the field that shows and sets them, and the filters on them."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet

from dott.modules.crm.actions.tagging import LINKS, MAX_TAGS
from dott.modules.crm.models import Tag
from dott.platform.api.filters import InFilter
from dott.platform.api.serializers import TenantRelatedListField


def tags_field() -> TenantRelatedListField:
    """The ids of a record's tags."""
    return TenantRelatedListField(
        queryset=Tag.objects.all(), max_items=MAX_TAGS, required=False, default=list
    )


class TagFilter(django_filters.UUIDFilter):
    """Records that carry a tag."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """`value` is a list for `__in`, which asks for any of them."""
        if not value:
            return qs
        links, reference = LINKS[qs.model]
        wanted = value if isinstance(value, list) else [value]
        carried = links._default_manager.filter(**{reference: OuterRef("pk")}, tag__in=wanted)
        return qs.filter(Exists(carried))


class TagListFilter(InFilter, TagFilter):
    """Records that carry at least one of several tags."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """As TagFilter, for at most as many values as InFilter takes."""
        self.check_length(value)
        return TagFilter.filter(self, qs, value)
