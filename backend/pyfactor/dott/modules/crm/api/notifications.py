"""What the signed-in member was told."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.mentions import address_of
from dott.modules.crm.models import Notification
from dott.modules.crm.models.notifications import Reason
from dott.platform.api.filters import StrictBooleanFilter, StrictFilterSet
from dott.platform.api.idempotency import idempotent
from dott.platform.api.serializers import StrictModelSerializer
from dott.platform.api.viewsets import ReadOnlyTenantViewSet
from dott.platform.tenancy.context import current


class NotificationSerializer(StrictModelSerializer):
    """A reminder that was delivered, or that an activity's text names the member."""

    subject = serializers.CharField(source="activity.subject", read_only=True)
    kind = serializers.CharField(source="activity.kind", read_only=True)
    customer = serializers.UUIDField(source="activity.customer_id", read_only=True, allow_null=True)
    contact = serializers.UUIDField(source="activity.contact_id", read_only=True, allow_null=True)
    deal = serializers.UUIDField(source="activity.deal_id", read_only=True, allow_null=True)
    about = serializers.SerializerMethodField(help_text="The name of the record that it is about.")
    author_name = serializers.CharField(
        source="author.display_name",
        default="",
        read_only=True,
        help_text="Who named her; of a reminder “”.",
    )

    class Meta:
        model = Notification
        fields = (
            "id", "reason", "activity", "subject", "kind", "customer", "contact", "deal", "about", "author",
            "author_name", "remind_at", "created_at", "read_at",
        )  # fmt: skip

    def get_about(self, notification: Notification) -> str:
        """A deal before its customer, as in the table of visibility."""
        activity = notification.activity
        if activity.deal is not None:
            return str(activity.deal.name)
        record = activity.customer or activity.contact
        return "" if record is None else str(record.display_name)


class NotificationFilters(StrictFilterSet):
    """Those that are still to be seen, or the others."""

    unread = StrictBooleanFilter(field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Notification
        fields: tuple[str, ...] = ()


class NotificationViewSet(ReadOnlyTenantViewSet):
    """The member's own, and nobody else's."""

    queryset = Notification.objects.select_related(
        "activity__customer", "activity__contact", "activity__deal", "author"
    )
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilters

    def get_queryset(self) -> QuerySet[Any]:
        """Those of the acting member about activities that are in use. Of mentions those that still stand in
        the text: an undo takes the news back, and a redo brings it again."""
        member_id = current().membership_id
        stands = Q(reason=Reason.REMINDER) | Q(activity__body__contains=address_of(member_id))
        hers = super().get_queryset().filter(recipient_id=member_id, activity__deleted_at=None)
        return hers.filter(stands)

    @extend_schema(request=None, responses={204: None})
    @idempotent
    def read(self, request: Request, notification_id: UUID) -> Response:
        """Seen; from then on it is not among the unread."""
        if not self.get_queryset().filter(pk=notification_id).exists():
            raise Http404
        Notification.objects.filter(pk=notification_id, read_at=None).update(read_at=timezone.now())
        return Response(status=204)
