"""Demo data: for whoever wants to look around before moving her own customers in."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.actions.demo import (
    DemoDataAlreadyLoaded,
    count_demo_customers,
    load_demo_data,
    remove_demo_data,
)
from dott.platform.api.errors import Conflict
from dott.platform.api.idempotency import idempotent
from dott.platform.api.views import ApiView
from dott.platform.tenancy.context import current


class DemoDataSerializer(serializers.Serializer[dict[str, int]]):
    """How much of the demo data is there."""

    customers = serializers.IntegerField(read_only=True, help_text="Demo customers, trashed ones included.")


class DemoDataView(ApiView):
    """The demo data of the active business."""

    @extend_schema(responses=DemoDataSerializer)
    def get(self, request: Request) -> Response:
        """Whether demo data is loaded."""
        return Response({"customers": count_demo_customers()})

    @extend_schema(request=None, responses={201: DemoDataSerializer})
    @idempotent
    def post(self, request: Request) -> Response:
        """Load it. 409 `demo_data_loaded` while it is there."""
        try:
            loaded = load_demo_data(actor=current())
        except DemoDataAlreadyLoaded as error:
            raise Conflict("The demo data is already there.", "demo_data_loaded") from error
        return Response({"customers": loaded}, status=201)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Remove it for good, whatever was changed in it; everything else stays."""
        remove_demo_data(actor=current())
        return Response(status=204)
