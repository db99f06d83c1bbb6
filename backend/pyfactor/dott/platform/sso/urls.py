"""Routes of single sign-on. Names are the keys of the role table."""

from django.urls import path

from dott.platform.sso.api import links, settings, sign_in

BUSINESS = "tenants/current/single-sign-on"

urlpatterns = [
    path("auth/sso/start/", sign_in.StartView.as_view(), name="sso-start"),
    path("auth/sso/finish/", sign_in.FinishView.as_view(), name="sso-finish"),
    path("auth/sso/links/", links.LinkListView.as_view(), name="sso-link-list"),
    path("auth/sso/links/<uuid:link_id>/", links.LinkDetailView.as_view(), name="sso-link-detail"),
    path(f"{BUSINESS}/", settings.ProviderView.as_view(), name="sso-provider"),
    path(f"{BUSINESS}/domains/", settings.DomainListView.as_view(), name="sso-domain-list"),
    path(
        f"{BUSINESS}/domains/<uuid:domain_id>/verify/",
        settings.DomainVerifyView.as_view(),
        name="sso-domain-verify",
    ),
    path(
        f"{BUSINESS}/domains/<uuid:domain_id>/", settings.DomainDetailView.as_view(), name="sso-domain-detail"
    ),
]
