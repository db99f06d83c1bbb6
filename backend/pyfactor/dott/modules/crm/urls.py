"""The addresses of the CRM, below /api/crm/."""

from django.urls import include, path

from dott.modules.crm.api.activities import ActivityViewSet
from dott.modules.crm.api.attachments import AttachmentViewSet
from dott.modules.crm.api.business_schema import BusinessSchemaView
from dott.modules.crm.api.contact_duplicates import (
    ContactCandidatesView,
    ContactDuplicateScanView,
    ContactDuplicatesView,
)
from dott.modules.crm.api.contacts import ContactViewSet
from dott.modules.crm.api.custom_fields import CustomFieldViewSet
from dott.modules.crm.api.customer_contacts import CustomerContactViewSet
from dott.modules.crm.api.customer_duplicates import (
    CustomerCandidatesView,
    CustomerDuplicateScanView,
    CustomerDuplicatesView,
)
from dott.modules.crm.api.customers import CustomerViewSet
from dott.modules.crm.api.dashboard import DashboardView
from dott.modules.crm.api.deals import DealViewSet
from dott.modules.crm.api.demo import DemoDataView
from dott.modules.crm.api.distinctions import ContactDistinctionViewSet, DistinctionViewSet
from dott.modules.crm.api.exports import ExportViewSet
from dott.modules.crm.api.favourites import FavouriteViewSet
from dott.modules.crm.api.imports import ImportJobViewSet, ImportRowViewSet
from dott.modules.crm.api.notifications import NotificationViewSet
from dott.modules.crm.api.pipelines import LostReasonViewSet, PipelineViewSet, StageViewSet
from dott.modules.crm.api.tags import TagViewSet
from dott.modules.crm.api.timeline import TimelineView
from dott.modules.crm.api.views import SavedViewViewSet
from dott.platform.api.viewsets import ResourceRouter

router = ResourceRouter()
router.register("customers", CustomerViewSet, basename="customer")
router.register("activities", ActivityViewSet, basename="activity")
router.register("views", SavedViewViewSet, basename="saved-view")
router.register("deals", DealViewSet, basename="deal")
router.register("pipelines", PipelineViewSet, basename="pipeline")
router.register("stages", StageViewSet, basename="stage")
router.register("lost-reasons", LostReasonViewSet, basename="lost-reason")
router.register("contacts", ContactViewSet, basename="contact")
router.register("customer-contacts", CustomerContactViewSet, basename="customer-contact")
router.register("custom-fields", CustomFieldViewSet, basename="custom-field")
router.register("tags", TagViewSet, basename="tag")
router.register("attachments", AttachmentViewSet, basename="attachment")
router.register("imports", ImportJobViewSet, basename="import")

urlpatterns = [
    path("", include(router.urls)),
    path("imports/<uuid:id>/rows/", ImportRowViewSet.as_view({"get": "list"}), name="import-row-list"),
    path(
        "imports/<uuid:id>/rows/<int:line>/",
        ImportRowViewSet.as_view({"patch": "partial_update"}),
        name="import-row-detail",
    ),
    path("notifications/", NotificationViewSet.as_view({"get": "list"}), name="notification-list"),
    path(
        "notifications/<uuid:notification_id>/read/",
        NotificationViewSet.as_view({"post": "read"}),
        name="notification-read",
    ),
    path(
        "favourites/",
        FavouriteViewSet.as_view({"get": "list", "post": "create"}),
        name="favourite-list",
    ),
    path("favourites/<uuid:pk>/", FavouriteViewSet.as_view({"delete": "destroy"}), name="favourite-detail"),
    path("exports/", ExportViewSet.as_view({"get": "list"}), name="export-list"),
    path("timeline/", TimelineView.as_view(), name="timeline"),
    path("dashboard/", DashboardView.as_view(), name="dashboard"),
    path("duplicates/", CustomerDuplicatesView.as_view(), name="duplicate-list"),
    path("duplicates/candidates/", CustomerCandidatesView.as_view(), name="duplicate-candidates"),
    path("duplicates/scan/", CustomerDuplicateScanView.as_view(), name="duplicate-scan"),
    path("contact-duplicates/", ContactDuplicatesView.as_view(), name="duplicate-contact-list"),
    path(
        "contact-duplicates/candidates/",
        ContactCandidatesView.as_view(),
        name="duplicate-contact-candidates",
    ),
    path("contact-duplicates/scan/", ContactDuplicateScanView.as_view(), name="duplicate-contact-scan"),
    path(
        "distinctions/",
        DistinctionViewSet.as_view({"get": "list", "post": "create"}),
        name="distinction-list",
    ),
    path(
        "distinctions/<uuid:pk>/",
        DistinctionViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="distinction-detail",
    ),
    path(
        "contact-distinctions/",
        ContactDistinctionViewSet.as_view({"get": "list", "post": "create"}),
        name="distinction-contact-list",
    ),
    path(
        "contact-distinctions/<uuid:pk>/",
        ContactDistinctionViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="distinction-contact-detail",
    ),
    path("schema/", BusinessSchemaView.as_view(), name="business-schema"),
    path("demo/", DemoDataView.as_view(), name="demo-data"),
]
