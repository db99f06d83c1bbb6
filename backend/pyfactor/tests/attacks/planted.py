"""An URL map full of holes, one per attack, to show that each attack finds what it is made for."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views import View
from rest_framework import serializers
from rest_framework.parsers import JSONParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dott.modules.crm.models import Customer
from dott.platform.api.errors import ProblemError
from dott.platform.api.serializers import StrictModelSerializer, TenantRelatedField
from dott.platform.api.viewsets import ResourceRouter, TenantModelViewSet
from dott.platform.identity.models import Membership


class TalkativeReference(TenantRelatedField):
    """Repeats the id that it refuses."""

    default_error_messages: ClassVar = {"does_not_exist": "There is no {pk_value}."}


class TalkativeSerializer(StrictModelSerializer):
    owner = TalkativeReference(queryset=Membership.objects.all())

    class Meta:
        model = Customer
        fields = ("id", "business_name", "owner")


class TalkativeViewSet(TenantModelViewSet):
    """Says that a record is somebody's; remembers across tenants; asks for no role."""

    queryset = Customer.objects.all()
    serializer_class = TalkativeSerializer
    permission_classes = [AllowAny]
    remembered: ClassVar[dict[str, Any]] = {}

    def list(self, request: Request) -> Response:
        page = self.remembered.setdefault("page", super().list(request).data)
        return Response(page)

    def _fetch(self, queryset: Any) -> Any:
        record = queryset.filter(pk=self.kwargs["pk"]).first()
        if record is None:
            raise ProblemError(404, "not_found", f"{self.kwargs['pk']} is not yours.")
        return record


class LenientView(APIView):
    """Stock REST framework."""

    permission_classes = [AllowAny]
    parser_classes = [JSONParser]
    serializer_class = serializers.Serializer

    def post(self, request: Request) -> Response:
        return Response(request.data)


class PlainView(View):
    """Answers whoever asks, whatever the method."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("hello")

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        return self.get(request)


router = ResourceRouter()
router.register("customers", TalkativeViewSet, basename="planted-customer")

urlpatterns = [
    path("api/planted/", include(router.urls)),
    path("api/planted/lenient/", LenientView.as_view(), name="planted-lenient"),
    path("planted/plain/", PlainView.as_view(), name="planted-plain"),
    path("api/planted/unlisted/", PlainView.as_view(), name="planted-unlisted"),
]
