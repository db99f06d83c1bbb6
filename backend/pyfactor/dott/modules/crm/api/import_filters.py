"""What the rows of an import can be narrowed by."""

from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema_field

from dott.modules.crm.imports.matching import CONFLICTS
from dott.modules.crm.models import ImportRow
from dott.platform.api.filters import StrictBooleanFilter, StrictFilterSet


@extend_schema_field({"type": "boolean", "description": "Only rows with a warning, or only those without."})
class WarnedFilter(StrictBooleanFilter):
    """Rows with a warning, or those without one."""

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        """All rows when it is not asked for."""
        if value is None:
            return qs
        without = Q(warnings=[])
        return qs.filter(~without if value else without)


@extend_schema_field(
    {
        "type": "boolean",
        "description": "Only rows that do not agree with other rows or with records, or only the others.",
    }
)
class ConflictFilter(StrictBooleanFilter):
    """Rows in conflict, or the others."""

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        """All rows when it is not asked for."""
        if value is None:
            return qs
        is_one = Q()
        for code in CONFLICTS:
            is_one |= Q(conflicts__contains=[{"code": code}])
        return qs.filter(is_one if value else ~is_one)


class ImportRowFilters(StrictFilterSet):
    """The action is answered by an index; the rest is looked for among the rows that are left."""

    warned = WarnedFilter()
    conflict = ConflictFilter()

    class Meta:
        model = ImportRow
        fields = {"action": ["exact"]}
