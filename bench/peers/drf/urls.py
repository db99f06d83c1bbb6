"""/api/crm/customers/"""

from django.urls import include, path
from rest_framework.routers import DefaultRouter

from drf.api import CustomerViewSet

router = DefaultRouter()
router.register("customers", CustomerViewSet)
urlpatterns = [path("api/crm/", include(router.urls))]
