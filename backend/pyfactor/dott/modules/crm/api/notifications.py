"""What the signed-in member was told."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.models import Notification
from dott.platform.api.filters import StrictBooleanFilter, StrictFilterSet
from dott.platform.api.idempotency import idempotent
from dott.platform.api.serializers import StrictModelSerializer
from dott.platform.api.viewsets import ReadOnlyTenantViewSet
from dott.platform.tenancy.context import current


class NotificationSerializer(StrictModelSerializer):
    """One reminder that was delivered."""

    subject = serializers.CharField(source="activity.subject", read_only=True)
    kind = serializers.CharField(source="activity.kind", read_only=True)
    customer = serializers.UUIDField(source="activity.customer_id", read_only=True, allow_null=True)

    class Meta:
        model = Notification
        fields = ("id", "activity", "subject", "kind", "customer", "remind_at", "created_at", "read_at")


class NotificationFilters(StrictFilterSet):
    """Those that are still to be seen, or the others."""

    unread = StrictBooleanFilter(field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Notification
        fields: tuple[str, ...] = ()


class NotificationViewSet(ReadOnlyTenantViewSet):
    """The member's own, and nobody else's."""

    queryset = Notification.objects.select_related("activity")
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilters

    def get_queryset(self) -> QuerySet[Any]:
        """Those of the acting member."""
        return super().get_queryset().filter(recipient_id=current().membership_id)

    @extend_schema(request=None, responses={204: None})
    @idempotent
    def read(self, request: Request, notification_id: UUID) -> Response:
        """Seen; from then on it is not among the unread."""
        found = self.get_queryset().filter(pk=notification_id)
        if not found.exists():
            raise Http404
        found.filter(read_at=None).update(read_at=timezone.now())
        return Response(status=204)
