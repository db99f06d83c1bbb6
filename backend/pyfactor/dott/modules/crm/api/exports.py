"""What was exported: the record of each file, with the sum of its bytes."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from dott.modules.crm.models import Export
from dott.platform.api.filters import StrictFilterSet
from dott.platform.api.serializers import StrictModelSerializer
from dott.platform.api.viewsets import ReadOnlyTenantViewSet
from dott.platform.identity import roles
from dott.platform.tenancy.context import current


class ExportSerializer(StrictModelSerializer):
    """One file. row_count: records, without the header line; sha256: of its bytes, in hexadecimal."""

    created_by_name = serializers.CharField(source="created_by.display_name", default="", read_only=True)

    class Meta:
        model = Export
        fields = (
            "id", "receipt", "entity", "file", "row_count", "size_bytes", "sha256", "created_by",
            "created_by_name", "created_at",
        )  # fmt: skip
        read_only_fields = fields


class ExportFilters(StrictFilterSet):
    """The one that a page asked for, or all of a kind of record."""

    # A receipt is asked for as a whole or not at all.
    filter = None  # type: ignore[assignment]  # django-filter: takes a declared filter away

    class Meta:
        model = Export
        fields = {"receipt": ["exact"], "entity": ["exact"]}


class ExportViewSet(ReadOnlyTenantViewSet):
    """The member's own exports; admins and owners see everybody's."""

    queryset = Export.objects.select_related("created_by")
    serializer_class = ExportSerializer
    filterset_class = ExportFilters
    orderings = {"created_at": "created_at"}
    default_ordering = "-created_at"

    def get_queryset(self) -> QuerySet[Any]:
        """Those that the acting member may see."""
        exports = super().get_queryset()
        if roles.suffices(current().role, roles.ADMIN):
            return exports
        return exports.filter(created_by_id=current().membership_id)
