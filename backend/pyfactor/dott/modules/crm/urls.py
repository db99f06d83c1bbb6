"""The addresses of the CRM, below /api/crm/."""

from django.urls import include, path

from dott.modules.crm.api.customers import CustomerViewSet
from dott.modules.crm.api.demo import DemoDataView
from dott.platform.api.viewsets import ResourceRouter

router = ResourceRouter()
router.register("customers", CustomerViewSet, basename="customer")

urlpatterns = [
    path("", include(router.urls)),
    path("demo/", DemoDataView.as_view(), name="demo-data"),
]
