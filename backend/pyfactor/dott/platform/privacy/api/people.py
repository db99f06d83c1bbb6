"""Finding a person, and giving her what is held of her."""

from typing import Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.views import ApiView
from dott.platform.identity.passes import require
from dott.platform.privacy.api.problems import refusals
from dott.platform.privacy.api.subjects import ChosenSerializer, SubjectSerializer, records_of, subject_of
from dott.platform.privacy.find import find
from dott.platform.privacy.handover import hand_out
from dott.platform.privacy.patterns import patterns_of


class PlaceSerializer(serializers.Serializer[Any]):
    """A row in which she stands. is_gone: only history knows the record. is_person: it may be she herself."""

    entity = serializers.CharField()
    record_id = serializers.UUIDField()
    name = serializers.CharField(source="label")
    is_person = serializers.BooleanField()
    is_gone = serializers.BooleanField()

    def get_fields(self) -> dict[str, Any]:
        """With the fields in which she stands."""
        return super().get_fields() | {"fields": serializers.ListField(child=serializers.CharField())}


class FoundTableSerializer(serializers.Serializer[Any]):
    """One table. count: of all rows; hits: the first of them."""

    entity = serializers.CharField()
    count = serializers.IntegerField()
    hits = PlaceSerializer(many=True)


class FoundListSerializer(serializers.Serializer[Any]):
    """The tables in which she was found."""

    results = FoundTableSerializer(many=True)


class FindView(ApiView):
    """Where a person stands. What she is looked for by is in the body, because addresses end up in logs."""

    @extend_schema(request=SubjectSerializer, responses=FoundListSerializer)
    def post(self, request: Request) -> Response:
        """In records, texts, files of imports, remembered answers, and history, trash included."""
        serializer = SubjectSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        found = find(patterns_of(subject_of(serializer.validated_data)))
        return Response(FoundListSerializer({"results": found}).data)


class HandoverSerializer(ChosenSerializer):
    """Whose data, and the pass that says who asks."""

    def get_fields(self) -> dict[str, Any]:
        """With the pass."""
        return super().get_fields() | {"pass": serializers.CharField(max_length=600)}


class HandoverView(ApiView):
    """What a business holds of a person, for her (GDPR 15 and 20)."""

    @extend_schema(request=HandoverSerializer, responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def post(self, request: Request) -> FileResponse:
        """A zip: person.html to be read, person.json for programs, and her files. 403 without a good pass."""
        serializer = HandoverSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        require(request._request, serializer.validated_data["pass"])
        with refusals():
            file = hand_out(
                subject=subject_of(serializer.validated_data), records=records_of(serializer.validated_data)
            )
        response = FileResponse(
            file, as_attachment=True, filename="person.zip", content_type="application/zip"
        )
        # The file is complete; sending it reads nothing from the database.
        response.opens_own_context = True  # type: ignore[attr-defined]  # TenantMiddleware's mark
        return response
