"""Which records somebody has said are not the same, over HTTP."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from dott.modules.crm.actions.distinctions import Said, tell_apart
from dott.modules.crm.models import ContactDistinction, Distinction
from dott.platform.api.serializers import StrictModelSerializer
from dott.platform.api.viewsets import TenantModelViewSet

_FIELDS = (
    "id", "first", "first_name", "second", "second_name", "created_at", "updated_at", "created_by",
    "updated_by", "version",
)  # fmt: skip
_TEXTS = ("first__search_text", "second__search_text")


class _Serializer(StrictModelSerializer):
    first_name = serializers.CharField(source="first.display_name", default="", read_only=True)
    second_name = serializers.CharField(source="second.display_name", default="", read_only=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Nobody is told apart from himself."""
        if attrs["first"].pk == attrs["second"].pk:
            text = "This is the same record."
            raise serializers.ValidationError({"second": [ErrorDetail(text, code="same_record")]})
        return attrs


class DistinctionSerializer(_Serializer):
    """Two customers who are not one. They may be named in any order."""

    class Meta:
        model = Distinction
        fields = _FIELDS


class ContactDistinctionSerializer(_Serializer):
    """Two contacts who are not one. They may be named in any order."""

    class Meta:
        model = ContactDistinction
        fields = _FIELDS


class _ViewSet(TenantModelViewSet):
    orderings = {"created_at": "created_at"}
    default_ordering = "-created_at"

    def create_record(self, values: dict[str, Any]) -> Said:
        return tell_apart(actor=self.actor, one=values["first"], other=values["second"])


class DistinctionViewSet(_ViewSet):
    """What the duplicates report leaves out. A distinction is made and taken back, never changed."""

    queryset = Distinction.objects.select_related("first", "second").defer(*_TEXTS)
    serializer_class = DistinctionSerializer


class ContactDistinctionViewSet(_ViewSet):
    """The same of contacts."""

    queryset = ContactDistinction.objects.select_related("first", "second").defer(*_TEXTS)
    serializer_class = ContactDistinctionSerializer
