"""The signed-in member's favourites: what stands in her sidebar."""

from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.models import Favourite, SavedView
from dott.modules.crm.models.favourites import KINDS
from dott.platform.api.errors import Conflict
from dott.platform.api.filters import StrictFilterSet
from dott.platform.api.idempotency import idempotent
from dott.platform.api.serializers import StrictModelSerializer, TenantRelatedField
from dott.platform.api.viewsets import ReadOnlyTenantViewSet
from dott.platform.tenancy.context import current


class _VisibleViewField(TenantRelatedField):
    """A view that the asking member may see; another's private one is as one that is not there."""

    def get_queryset(self) -> QuerySet[Any]:
        """Those of everybody and her own."""
        return SavedView.objects.visible()


class FavouriteSerializer(StrictModelSerializer):
    """One favourite: exactly one of customer, contact, deal and view is given."""

    view = _VisibleViewField(queryset=SavedView.objects.none(), required=False, allow_null=True)
    name = serializers.SerializerMethodField()
    view_entity = serializers.CharField(source="view.entity", default=None, read_only=True)

    class Meta:
        model = Favourite
        fields = ("id", *KINDS, "name", "view_entity", "created_at")

    def get_name(self, favourite: Favourite) -> str:
        """What the record or the view is called now. The constraint says that it is one of the four."""
        person = favourite.customer or favourite.contact
        return str(person.display_name if person else (favourite.deal or favourite.view).name)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One reference, not none and not two."""
        given = [kind for kind in KINDS if attrs.get(kind) is not None]
        if len(given) != 1:
            text = "Give exactly one of customer, contact, deal and view."
            refused = given or KINDS
            raise serializers.ValidationError(
                {kind: [ErrorDetail(text, code="favourite_of_one_record")] for kind in refused}
            )
        return {given[0]: attrs[given[0]]}


class FavouriteFilters(StrictFilterSet):
    """Whether a record is one of them."""

    class Meta:
        model = Favourite
        fields = {kind: ["exact"] for kind in KINDS}


class FavouriteViewSet(ReadOnlyTenantViewSet):
    """The member's own, and nobody else's, without what lies in the trash or was taken out of her sight."""

    queryset = Favourite.objects.select_related(*KINDS).defer(
        "customer__search_text", "contact__search_text", "deal__search_text"
    )
    serializer_class = FavouriteSerializer
    filterset_class = FavouriteFilters
    default_ordering = "created_at"

    def get_queryset(self) -> QuerySet[Any]:
        """Those of the acting member that lead somewhere."""
        trashed = Q(customer__deleted_at__isnull=False) | Q(contact__deleted_at__isnull=False)
        trashed |= Q(deal__deleted_at__isnull=False)
        seen = Q(view=None) | Q(view__in=SavedView.objects.visible())
        return super().get_queryset().filter(seen, member_id=current().membership_id).exclude(trashed)

    @idempotent
    def create(self, request: Request) -> Response:
        """201 with the favourite; also when it was one already, so a star may be set twice.

        409 `gone_meanwhile` when somebody takes it away in the same moment.
        """
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        wanted = {"member_id": current().membership_id, **serializer.validated_data}
        Favourite.objects.bulk_create([Favourite(**wanted)], ignore_conflicts=True)
        made = Favourite.objects.select_related(*KINDS).filter(**wanted).first()
        if made is None:
            raise Conflict("The star was taken away at the same moment. Set it again.", "gone_meanwhile")
        return Response(self.get_serializer(made).data, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, **_path: Any) -> Response:
        """204; the record itself stays as it is."""
        self.get_object().delete()
        return Response(status=204)
