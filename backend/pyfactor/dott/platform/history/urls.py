"""The addresses of the log of changes, below /api/."""

from django.urls import include, path

from dott.platform.api.viewsets import ResourceRouter
from dott.platform.history.api.changes import ChangeSetViewSet

router = ResourceRouter()
router.register("changes", ChangeSetViewSet, basename="change")

urlpatterns = [path("", include(router.urls))]
