"""How long a business keeps things, and of whom nothing was heard."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.conditional import check_if_match, versioned_response
from dott.platform.api.serializers import StrictModelSerializer
from dott.platform.api.views import ApiView
from dott.platform.history.tracked import change_record, create_record
from dott.platform.identity.passes import require
from dott.platform.privacy.inactive import report
from dott.platform.privacy.models import RANGES, RetentionRules
from dott.platform.privacy.retention import days, rules, schedule
from dott.platform.tenancy.context import current


class RetentionSerializer(StrictModelSerializer):
    """Days. Null: as long as there is no reason to remove it; of imports, their standard time."""

    class Meta:
        model = RetentionRules
        fields = (*RANGES, "version")
        read_only_fields = ("version",)
        extra_kwargs = {
            name: {"min_value": least, "max_value": most} for name, (least, most) in RANGES.items()
        }


class ChangeRetentionSerializer(RetentionSerializer):
    """What is changed, and the pass that says who asks: shorter times remove things."""

    def get_fields(self) -> dict[str, Any]:
        """With the pass."""
        return super().get_fields() | {"pass": serializers.CharField(max_length=600, write_only=True)}

    class Meta(RetentionSerializer.Meta):
        fields = RetentionSerializer.Meta.fields


class InactiveRecordSerializer(serializers.Serializer[Any]):
    """Somebody of whom nothing was heard since then."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    heard_at = serializers.DateTimeField()


class InactiveGroupSerializer(serializers.Serializer[Any]):
    """One table. count: of all; records: the first of them, longest first."""

    entity = serializers.CharField()
    count = serializers.IntegerField()
    records = InactiveRecordSerializer(many=True)


class InactiveSerializer(serializers.Serializer[Any]):
    """Empty while the business has not said how long is long."""

    results = InactiveGroupSerializer(many=True)


class RetentionView(ApiView):
    """The business's rules."""

    @extend_schema(responses=RetentionSerializer)
    def get(self, request: Request) -> Response:
        """Its own, or the defaults."""
        own = rules()
        return versioned_response(own, RetentionSerializer(own).data)

    @extend_schema(request=ChangeRetentionSerializer, responses=RetentionSerializer)
    def patch(self, request: Request) -> Response:
        """Change them. They are applied within a minute, and once a day from then on."""
        own = RetentionRules.objects.select_for_update(of=("self",)).first() or RetentionRules()
        check_if_match(request, own, required=False)
        serializer = ChangeRetentionSerializer(own, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        require(request._request, values.pop("pass", ""))
        if own._state.adding:
            for name, value in values.items():
                setattr(own, name, value)
            create_record(own, actor=current())
        else:
            change_record(own, values, actor=current())
        schedule()
        return versioned_response(own, RetentionSerializer(own).data)


class InactiveView(ApiView):
    """Whom one might remove."""

    @extend_schema(responses=InactiveSerializer)
    def get(self, request: Request) -> Response:
        """Customers and contacts without a sign of life for longer than the business has said."""
        kept_days = days("inactive_days")
        return Response(InactiveSerializer({"results": report(kept_days) if kept_days else []}).data)
