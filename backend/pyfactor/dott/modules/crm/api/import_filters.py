"""What the rows of an import can be narrowed by."""

from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema_field

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


class ImportRowFilters(StrictFilterSet):
    """The action is answered by an index; warnings are looked for among the rows that are left."""

    warned = WarnedFilter()

    class Meta:
        model = ImportRow
        fields = {"action": ["exact"]}
