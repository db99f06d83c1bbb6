"""The log of messages, and sending one again."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api import limits
from dott.platform.api.errors import Conflict
from dott.platform.api.filters import StrictFilterSet
from dott.platform.api.serializers import StrictModelSerializer
from dott.platform.api.viewsets import ReadOnlyTenantViewSet
from dott.platform.tenancy.context import current
from dott.platform.webhooks import sending
from dott.platform.webhooks.models import Delivery


class AttemptSerializer(serializers.Serializer[Any]):
    """One attempt. status: of HTTP, null where nobody answered. head: some fields of the answer's head."""

    at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True)
    error = serializers.CharField(allow_blank=True)
    duration_ms = serializers.IntegerField()
    head = serializers.DictField(child=serializers.CharField())


class DeliverySerializer(StrictModelSerializer):
    """A message in the list. message_id: the webhook-id, the same for every attempt."""

    message_id = serializers.CharField(read_only=True)

    class Meta:
        model = Delivery
        fields: tuple[str, ...] = (
            "id", "message_id", "endpoint", "event_type", "state", "tries", "last_status", "last_error",
            "last_duration_ms", "created_at", "last_attempt_at", "next_attempt_at",
        )  # fmt: skip


class DeliveryDetailSerializer(DeliverySerializer):
    """With what it says, and its latest attempts, oldest first."""

    attempts = AttemptSerializer(many=True, read_only=True)

    class Meta(DeliverySerializer.Meta):
        fields = (*DeliverySerializer.Meta.fields, "body", "attempts")


class DeliveryFilters(StrictFilterSet):
    """Of one endpoint, in one state, of one kind of event."""

    class Meta:
        model = Delivery
        fields: ClassVar = {"endpoint": ["exact"], "state": ["exact"], "event_type": ["exact"]}


class DeliveryViewSet(ReadOnlyTenantViewSet):
    """Messages of the last 30 days."""

    queryset = Delivery.objects.all()
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilters

    def get_serializer_class(self) -> Any:
        """One message is shown whole."""
        return DeliveryDetailSerializer if self.action == "retrieve" else DeliverySerializer

    @extend_schema(request=None, responses=DeliverySerializer)
    @action(detail=True, methods=["post"], filterset_class=None)
    def replay(self, request: Request, **_path: Any) -> Response:
        """Send it again, as the same message."""
        delivery = self.get_locked()
        limits.enforce("webhook_business", str(current().tenant_id))
        try:
            again = sending.replay(delivery)
        except sending.EndpointIsOff:
            raise Conflict("This webhook is switched off.", "endpoint_disabled") from None
        except sending.AlreadyWaiting:
            raise Conflict("This message is about to be sent in any case.", "already_waiting") from None
        return Response(self.get_serializer(again).data)
