"""Endpoints: where messages go, about what, and the secret they are signed with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api import limits
from dott.platform.api.conditional import versioned_response
from dott.platform.api.errors import Conflict
from dott.platform.api.filters import StrictFilterSet
from dott.platform.api.serializers import StrictModelSerializer, StrictSerializer
from dott.platform.api.views import ApiView
from dott.platform.api.viewsets import TenantModelViewSet
from dott.platform.egress.target import Refused, parse_target
from dott.platform.tenancy.context import current
from dott.platform.webhooks import endpoints, sending
from dott.platform.webhooks.api.deliveries import DeliverySerializer
from dott.platform.webhooks.events import EVERYTHING, event_types
from dott.platform.webhooks.models import EVENT_MAX_LENGTH, MAX_EVENTS, Endpoint

MAX_OVERLAP_HOURS = 7 * 24
_OVERLAP_HOURS = int(endpoints.OVERLAP / timedelta(hours=1))


class EndpointSerializer(StrictModelSerializer):
    """An endpoint, without its secret. failures: in a row, since failing_since."""

    events = serializers.ListField(
        child=serializers.CharField(max_length=EVENT_MAX_LENGTH),
        min_length=1,
        max_length=MAX_EVENTS,
        help_text="Words of /api/webhooks/event-types/, or “*” for all of them, now and later.",
    )

    class Meta:
        model = Endpoint
        fields = (
            "id", "url", "description", "events", "is_enabled", "disabled_reason", "failures",
            "failing_since", "created_at", "updated_at", "created_by", "updated_by", "version",
        )  # fmt: skip
        read_only_fields = ("disabled_reason", "failures", "failing_since")

    def validate_url(self, url: str) -> str:
        """An address that would be called. Where its name leads is only known when it is."""
        try:
            parse_target(url)
        except Refused as refused:
            raise serializers.ValidationError(ErrorDetail(refused.detail, code=refused.code)) from None
        return url

    def validate_events(self, events: list[str]) -> list[str]:
        """Known ones, each once, in their order."""
        known = [EVERYTHING, *event_types()]
        unknown = sorted(set(events) - set(known))
        if unknown:
            raise serializers.ValidationError(
                ErrorDetail(f"There is no event {unknown[0]}.", code="unknown_event")
            )
        return [event for event in known if event in events]


class CreatedEndpointSerializer(EndpointSerializer):
    """The only answer but a rotation's that ever holds a secret."""

    secret = serializers.CharField(read_only=True)

    class Meta(EndpointSerializer.Meta):
        fields = (*EndpointSerializer.Meta.fields, "secret")  # type: ignore[assignment]  # one longer


class RotationSerializer(StrictSerializer):
    """How long the secret before signs along; 0 when somebody else knows it."""

    overlap_hours = serializers.IntegerField(
        min_value=0, max_value=MAX_OVERLAP_HOURS, required=False, default=_OVERLAP_HOURS
    )


class SecretSerializer(serializers.Serializer[Any]):
    """The new secret."""

    secret = serializers.CharField()


class ReplaySerializer(StrictSerializer):
    """Which of the failed messages are sent again."""

    since = serializers.DateTimeField(help_text="Those that were made at this time or later.")


class ReplayResultSerializer(serializers.Serializer[Any]):
    """How many."""

    count = serializers.IntegerField()


class EventTypesSerializer(serializers.Serializer[Any]):
    """Kind by kind, in the order in which people are shown them."""

    results = serializers.ListField(child=serializers.CharField())


class EndpointFilters(StrictFilterSet):
    """Those that are on, or off."""

    class Meta:
        model = Endpoint
        fields: ClassVar = {"is_enabled": ["exact"]}


class EndpointViewSet(TenantModelViewSet):
    """The webhooks of the business."""

    queryset = Endpoint.objects.all()
    serializer_class = EndpointSerializer
    filterset_class = EndpointFilters

    @extend_schema(responses={201: CreatedEndpointSerializer})
    def create(self, request: Request) -> Response:
        """201 with the secret, which no other answer will hold.

        An Idempotency-Key is not honoured: the answer would have to be kept, and with it the secret.
        """
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with _refusals():
            endpoint, secret = endpoints.create_endpoint(actor=self.actor, values=serializer.validated_data)
        body = self.get_serializer(endpoint).data | {"secret": secret}
        response = versioned_response(endpoint, body, status=201)
        response["Location"] = f"{request.path}{endpoint.pk}/"
        return response

    def update_record(self, record: Endpoint, values: dict[str, Any]) -> Endpoint:
        with _refusals():
            return endpoints.update_endpoint(actor=self.actor, endpoint=record, values=values)

    def delete_record(self, record: Endpoint) -> None:
        endpoints.delete_endpoint(actor=self.actor, endpoint=record)

    @extend_schema(request=RotationSerializer, responses=SecretSerializer)
    @action(detail=True, methods=["post"], url_path="rotate-secret", filterset_class=None)
    def rotate_secret(self, request: Request, **_path: Any) -> Response:
        """A new secret, shown here and never again."""
        endpoint = self.get_locked()
        serializer = RotationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        overlap = timedelta(hours=serializer.validated_data["overlap_hours"])
        return Response({"secret": endpoints.rotate_secret(endpoint, overlap=overlap)})

    @extend_schema(request=None, responses={201: DeliverySerializer})
    @action(detail=True, methods=["post"], url_path="send-test", filterset_class=None)
    def send_test(self, request: Request, **_path: Any) -> Response:
        """Send a message of type webhooks.test."""
        endpoint = self.get_object()
        _count_by_hand()
        with _refusals():
            delivery = sending.send_test(actor=self.actor, endpoint=endpoint)
        return Response(DeliverySerializer(delivery).data, status=201)

    @extend_schema(request=ReplaySerializer, responses=ReplayResultSerializer)
    @action(detail=True, methods=["post"], url_path="replay-failed", filterset_class=None)
    def replay_failed(self, request: Request, **_path: Any) -> Response:
        """Send again what has failed since then."""
        endpoint = self.get_object()
        serializer = ReplaySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        _count_by_hand()
        with _refusals():
            count = sending.replay_failed(endpoint=endpoint, since=serializer.validated_data["since"])
        return Response({"count": count})


class EventTypesView(ApiView):
    """What an endpoint can hear of."""

    @extend_schema(responses=EventTypesSerializer)
    def get(self, request: Request) -> Response:
        """All event types."""
        return Response({"results": event_types()})


def _count_by_hand() -> None:
    """Raises RateLimited (429)."""
    limits.enforce("webhook_business", str(current().tenant_id))


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except endpoints.TooManyEndpoints:
        text = f"At most {endpoints.MAX_ENDPOINTS} webhooks can be set up. Delete one first."
        raise Conflict(text, "too_many_endpoints") from None
    except endpoints.NoSecret:
        raise Conflict("It has no secret. Make a new one first.", "no_secret") from None
    except sending.EndpointIsOff:
        raise Conflict("This webhook is switched off.", "endpoint_disabled") from None
