"""The addresses of privacy, below /api/privacy/."""

from django.urls import path

from dott.platform.privacy.api.data_map import DataMapView
from dott.platform.privacy.api.erasures import ErasureViewSet
from dott.platform.privacy.api.people import FindView, HandoverView
from dott.platform.privacy.api.retention import InactiveView, RetentionView

urlpatterns = [
    path("data-map/", DataMapView.as_view(), name="privacy-data-map"),
    path("find/", FindView.as_view(), name="privacy-find"),
    path("handovers/", HandoverView.as_view(), name="privacy-handover"),
    path(
        "erasures/",
        ErasureViewSet.as_view({"get": "list", "post": "create"}),
        name="privacy-erasure-list",
    ),
    path("erasures/<uuid:pk>/", ErasureViewSet.as_view({"get": "retrieve"}), name="privacy-erasure-detail"),
    path("retention/", RetentionView.as_view(), name="privacy-retention"),
    path("inactive/", InactiveView.as_view(), name="privacy-inactive"),
]
