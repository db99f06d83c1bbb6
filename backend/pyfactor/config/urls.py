"""The URL map: one line per room. Paths are a contract (architecture.md), versions travel in a header."""

from django.urls import include, path

urlpatterns = [
    path("health/", include("dott.platform.api.health")),
    path("api/", include("dott.platform.api.urls")),
    path("api/", include("dott.platform.identity.urls")),
    path("api/", include("dott.platform.sso.urls")),
    path("api/", include("dott.platform.portability.urls")),
    path("api/", include("dott.platform.history.urls")),
    path("api/webhooks/", include("dott.platform.webhooks.urls")),
    path("api/privacy/", include("dott.platform.privacy.urls")),
    path("api/crm/", include("dott.modules.crm.urls")),
    path("api/search/", include("dott.modules.crm.search_urls")),
]

handler400 = "dott.platform.api.errors.bad_request"
handler403 = "dott.platform.api.errors.permission_denied"
handler404 = "dott.platform.api.errors.not_found"
handler500 = "dott.platform.api.errors.server_error"
