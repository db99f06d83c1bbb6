"""What a list of activities can be narrowed by."""

from dott.modules.crm.api.customer_filters import MemberListFilter
from dott.modules.crm.models import Activity
from dott.platform.api.filters import InstantFilter, MemberFilter, SearchFilter, StrictFilterSet


class ActivityFilters(StrictFilterSet):
    """`due__…` compares instants, where a due day counts as its last second in UTC; `due_on__…` days."""

    q = SearchFilter(label="Words in subject and text.")
    assignee = MemberFilter(field_name="assignee", label="A member's id, or `me`.")
    assignee__in = MemberListFilter(field_name="assignee", lookup_expr="in")
    due__gte = InstantFilter(field_name="due_order", lookup_expr="gte")
    due__lt = InstantFilter(field_name="due_order", lookup_expr="lt")
    happened_at__gte = InstantFilter(field_name="happened_at", lookup_expr="gte")
    happened_at__lt = InstantFilter(field_name="happened_at", lookup_expr="lt")

    class Meta:
        model = Activity
        fields = {
            "kind": ["exact", "in"],
            "status": ["exact", "in"],
            "priority": ["exact", "in"],
            "is_pinned": ["exact"],
            "customer": ["exact"],
            "contact": ["exact"],
            "deal": ["exact"],
            "due_on": ["exact", "gte", "lte"],
            "created_at": ["gte", "lt"],
        }
