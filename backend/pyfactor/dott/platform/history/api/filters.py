"""What the log of changes can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from drf_spectacular.utils import extend_schema_field

from dott.platform.api.filters import MemberFilter, StrictBooleanFilter, StrictFilterSet
from dott.platform.history.models import Change, ChangeSet

# These three are asked of one and the same change of a set.
_OF_A_CHANGE = ("entity", "record_id", "operation")


@extend_schema_field({"type": "boolean", "description": "Only security events, or only what is none."})
class SecurityFilter(StrictBooleanFilter):
    """Security events, or all else."""

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        """All sets when it is not asked for."""
        if value is None:
            return qs
        return qs.exclude(event="") if value else qs.filter(event="")


class ChangeSetFilters(StrictFilterSet):
    """Each is answered by an index that begins with the tenant, or by the changes of each set in turn."""

    actor = MemberFilter(field_name="actor", help_text="A membership's id, or me.")
    entity = django_filters.CharFilter(max_length=63, help_text="Such as crm.customer.")
    record_id = django_filters.UUIDFilter()
    event = django_filters.CharFilter(max_length=40, help_text="A security event, such as signed_in.")
    security = SecurityFilter()
    operation = django_filters.ChoiceFilter(choices=Change.Operation.choices)

    class Meta:
        model = ChangeSet
        fields = {"kind": ["exact", "in"], "created_at": ["gte", "gt", "lte", "lt"]}

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The sets with a change that fits."""
        values = self.form.cleaned_data
        of_change = {name: values[name] for name in _OF_A_CHANGE if values.get(name)}
        for name in _OF_A_CHANGE:
            values[name] = None
        queryset = super().filter_queryset(queryset)
        if of_change:
            queryset = queryset.filter(Exists(Change.objects.filter(change_set=OuterRef("pk"), **of_change)))
        return queryset
