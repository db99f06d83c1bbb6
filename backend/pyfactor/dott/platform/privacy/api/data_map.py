"""The data map over HTTP: the same for every business of the installation."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.views import ApiView
from dott.platform.privacy import held, rendering


class MappedFieldSerializer(serializers.Serializer[Any]):
    """A column and what it says of a person."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=list(held.KINDS))


class MappedTableSerializer(serializers.Serializer[Any]):
    """A table. is_tenant: whether it is the business's own."""

    table = serializers.CharField()
    is_tenant = serializers.BooleanField()
    why = serializers.ChoiceField(choices=held.WHY)
    kept = serializers.ChoiceField(choices=held.KEPT)
    goes = serializers.ListField(child=serializers.ChoiceField(choices=held.GOES))

    def get_fields(self) -> dict[str, Any]:
        """With the columns, whose name a serializer's class cannot declare, and what apps have declared."""
        return super().get_fields() | {
            "entity": serializers.ChoiceField(choices=held.labels()),
            "fields": MappedFieldSerializer(many=True),
        }


class DataMapSerializer(serializers.Serializer[Any]):
    """Every table, the business's first."""

    results = MappedTableSerializer(many=True)


class DataMapView(ApiView):
    """What is held of whom."""

    @extend_schema(responses=DataMapSerializer)
    def get(self, request: Request) -> Response:
        """Field by field: which kind, why, how long, and where it goes."""
        return Response(DataMapSerializer({"results": rendering.described()}).data)
