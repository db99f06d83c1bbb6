"""Saved views over HTTP: private ones are their maker's alone, shared ones everybody's to look at."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from dott.modules.crm.actions.views import create_view, update_view
from dott.modules.crm.api.contacts import ContactViewSet
from dott.modules.crm.api.customers import CustomerViewSet
from dott.modules.crm.api.deals import DealViewSet
from dott.modules.crm.models import SavedView
from dott.modules.crm.models.views import Visibility
from dott.platform.api.errors import ProblemError
from dott.platform.api.filtering.apply import Refused, check_filter
from dott.platform.api.filters import StrictFilterSet, own_orders
from dott.platform.api.ordering import parse_ordering
from dott.platform.api.serializers import ConditionsField, StrictModelSerializer, StrictSerializer
from dott.platform.api.viewsets import TenantModelViewSet
from dott.platform.identity import roles
from dott.platform.tenancy.context import current

# Entity → the resource whose fields a view of it filters and sorts by.
RESOURCES: dict[str, Any] = {"contact": ContactViewSet, "customer": CustomerViewSet, "deal": DealViewSet}
MAX_COLUMNS = 100


class ColumnSerializer(StrictSerializer):
    """A column that is shown."""

    id = serializers.RegexField(r"^[a-z][a-z0-9_.]{0,79}\Z")
    width = serializers.IntegerField(min_value=20, max_value=2_000, allow_null=True, default=None)


class SavedViewSerializer(StrictModelSerializer):
    """One view."""

    entity = serializers.ChoiceField(choices=sorted(RESOURCES))
    filter = ConditionsField(default=None)
    columns = serializers.ListField(child=ColumnSerializer(), max_length=MAX_COLUMNS, default=list)

    class Meta:
        model = SavedView
        fields = (
            "id", "entity", "name", "layout", "filter", "search", "sort", "columns", "density", "visibility",
            "position", "is_default", "created_at", "updated_at", "created_by", "updated_by", "version",
        )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Filter and order have to be ones that the entity's list takes."""
        if self.instance is not None and attrs.get("entity", self.instance.entity) != self.instance.entity:
            raise serializers.ValidationError(
                {"entity": [ErrorDetail("A view stays a view of what it was made for.", code="immutable")]}
            )
        entity = attrs["entity"] if self.instance is None else self.instance.entity
        resource = RESOURCES[entity]
        try:
            check_filter(resource.filterset_class, attrs.get("filter"))
        except Refused as refused:
            raise refused.in_body("filter") from None
        try:
            if attrs.get("sort"):
                own = own_orders(resource.filterset_class)
                parse_ordering(attrs["sort"], resource.orderings, resource.queryset.model, own)
        except ProblemError as problem:
            raise serializers.ValidationError(
                {"sort": [ErrorDetail(str(problem.detail), code=problem.code)]}
            ) from None
        ids = [column["id"] for column in attrs.get("columns", ())]
        if len(set(ids)) != len(ids):
            raise serializers.ValidationError(
                {"columns": [ErrorDetail("A column is listed twice.", code="repeated_column")]}
            )
        return attrs


class SavedViewFilters(StrictFilterSet):
    """Views of one kind of record."""

    class Meta:
        model = SavedView
        fields = {"entity": ["exact"], "visibility": ["exact"]}


class SavedViewViewSet(TenantModelViewSet):
    """The views that the asking member may see."""

    queryset = SavedView.objects.all()
    serializer_class = SavedViewSerializer
    filterset_class = SavedViewFilters
    orderings = {"position": "position", "created_at": "created_at"}
    default_ordering = "position"

    def get_queryset(self) -> Any:
        """Without other members' private views: to their ids the answer is 404."""
        return SavedView.objects.visible()

    def create_record(self, values: dict[str, Any]) -> SavedView:
        self._refuse_default(values)
        return create_view(actor=self.actor, values=values)

    def update_record(self, record: SavedView, values: dict[str, Any]) -> SavedView:
        self._refuse_strangers(record, values.get("visibility", record.visibility))
        before = {name: getattr(record, name) for name in ("is_default", "visibility")}
        after = {name: values.get(name, value) for name, value in before.items()}
        if after != before:
            self._refuse_default(after)
        return update_view(actor=self.actor, view=record, values=values)

    def delete_record(self, record: SavedView) -> None:
        self._refuse_strangers(record, record.visibility)
        super().delete_record(record)

    def _refuse_strangers(self, record: SavedView, visibility: str) -> None:
        """A shared view is changed by its maker or an admin; taken back from the others by its maker."""
        is_own = record.created_by_id == self.actor.membership_id
        if not is_own and not (self._is_admin and visibility == record.visibility):
            raise PermissionDenied

    def _refuse_default(self, values: Mapping[str, Any]) -> None:
        """What everybody sees first is for an admin to say."""
        if values.get("is_default") and values.get("visibility") == Visibility.SHARED and not self._is_admin:
            raise PermissionDenied

    @property
    def _is_admin(self) -> bool:
        return roles.suffices(current().role, roles.ADMIN)
