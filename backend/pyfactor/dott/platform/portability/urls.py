"""Routes of a business's own files. Names are the keys of the role table."""

from django.urls import path

from dott.platform.portability.api import exports

EXPORTS = "tenants/current/exports"

urlpatterns = [
    path(f"{EXPORTS}/", exports.ExportListView.as_view(), name="business-export-list"),
    path(
        f"{EXPORTS}/<uuid:businessexport_id>/",
        exports.ExportDetailView.as_view(),
        name="business-export-detail",
    ),
    path(
        f"{EXPORTS}/<uuid:businessexport_id>/download/",
        exports.ExportDownloadView.as_view(),
        name="business-export-download",
    ),
]
