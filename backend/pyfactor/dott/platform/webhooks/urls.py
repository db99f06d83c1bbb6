"""The addresses of webhooks, below /api/webhooks/."""

from django.urls import include, path

from dott.platform.api.viewsets import ResourceRouter
from dott.platform.webhooks.api.deliveries import DeliveryViewSet
from dott.platform.webhooks.api.endpoints import EndpointViewSet, EventTypesView

router = ResourceRouter()
router.register("endpoints", EndpointViewSet, basename="webhook-endpoint")
router.register("deliveries", DeliveryViewSet, basename="webhook-delivery")

urlpatterns = [
    path("", include(router.urls)),
    path("event-types/", EventTypesView.as_view(), name="webhook-event-types"),
]
