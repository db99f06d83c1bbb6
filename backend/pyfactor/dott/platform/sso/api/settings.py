"""A business's provider and its domains, to those who look after the business."""

from typing import Any
from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api import limits
from dott.platform.api.errors import ProblemError
from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.events import tell_of
from dott.platform.identity.models import Tenant
from dott.platform.sso import dns
from dott.platform.sso.actions.domains import LABEL, add_domain, remove_domain, verify_domain
from dott.platform.sso.actions.providers import remove_provider, set_provider
from dott.platform.sso.api.serializers import (
    DomainSerializer,
    NewDomainSerializer,
    NewProviderSerializer,
    SingleSignOnSerializer,
)
from dott.platform.sso.flow import redirect_uri
from dott.platform.sso.metadata import ProviderFault, read_keys, read_metadata
from dott.platform.sso.models import Domain, Link, Provider
from dott.platform.tenancy.router import AUTH


class _SettingsView(IdentityView):
    """Whatever is set here is in the log."""

    def _tell(self, act: str, of: str = "") -> None:
        tell_of(self.tenant_id, self.person.id, "single_sign_on_changed", act=act, of=of)


class ProviderView(_SettingsView):
    """The business's single sign-on. PUT calls the provider, and so all of it opens its own transactions."""

    opens_own_transactions = True

    @extend_schema(responses=SingleSignOnSerializer)
    def get(self, request: Request) -> Response:
        """How it is set up."""
        return Response(self._described())

    @extend_schema(request=NewProviderSerializer, responses=SingleSignOnSerializer)
    def put(self, request: Request) -> Response:
        """Set it up, or change it. The provider is asked at once for what it says of itself: 400 on `issuer`
        when it cannot be used. 409 `not_used_yet` before everybody can be held to it."""
        serializer = NewProviderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = {"client_secret": ""} | serializer.validated_data
        limits.enforce("sso_business", str(self.tenant_id))
        try:
            metadata = read_metadata(given["issuer"])
            keys = read_keys(metadata.jwks_uri)
        except ProviderFault as fault:
            raise ValidationError({"issuer": fault.detail}, fault.code) from None
        with transaction.atomic(using=AUTH):
            set_provider(tenant_id=self.tenant_id, metadata=metadata, keys=keys, **given)
            self._tell("provider_set", given["issuer"])
        return Response(self._described())

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Take it away. Whoever came by it alone sets a password by mail."""
        with transaction.atomic(using=AUTH):
            remove_provider(tenant_id=self.tenant_id)
            self._tell("provider_removed")
        return Response(status=204)

    def _described(self) -> dict[str, Any]:
        tenant = Tenant.objects.get(id=self.tenant_id)
        provider = Provider.objects.filter(pk=tenant.id).first()
        issuer = provider.issuer if provider else ""
        found = {
            "provider": provider,
            "is_required": tenant.needs_single_sign_on,
            "redirect_uri": redirect_uri(tenant.id),
            "has_been_used": Link.objects.filter(business_id=tenant.id, issuer=issuer).exists(),
            "domains": Domain.objects.filter(business_id=tenant.id).order_by("name"),
        }
        return dict(SingleSignOnSerializer(found).data)


class DomainListView(_SettingsView):
    """The business's mail domains."""

    @extend_schema(request=NewDomainSerializer, responses={201: DomainSerializer})
    def post(self, request: Request) -> Response:
        """Add one; its TXT record comes next."""
        serializer = NewDomainSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        domain = add_domain(tenant_id=self.tenant_id, **serializer.validated_data)
        self._tell("domain_added", domain.name)
        return Response(DomainSerializer(domain).data, status=201)


class DomainVerifyView(_SettingsView):
    """Asking a domain's name servers, outside of any transaction."""

    opens_own_transactions = True

    @extend_schema(request=None, responses=DomainSerializer)
    def post(self, request: Request, domain_id: UUID) -> Response:
        """409 `record_not_found` while the record is not to be seen, 503 when no name server answers."""
        domain = Domain.objects.filter(business_id=self.tenant_id, id=domain_id).first()
        if domain is None:
            raise NotFound
        limits.enforce("sso_business", str(self.tenant_id))
        try:
            records = dns.txt_records(f"{LABEL}.{domain.name}")
        except dns.Unanswered:
            headers = {"Retry-After": "60"}
            detail = "No name server answered. Try again."
            raise ProblemError(503, "name_server_silent", detail, headers=headers) from None
        with transaction.atomic(using=AUTH):
            domain = verify_domain(tenant_id=self.tenant_id, domain_id=domain.id, records=records)
            self._tell("domain_verified", domain.name)
        return Response(DomainSerializer(domain).data)


class DomainDetailView(_SettingsView):
    """One of them."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, domain_id: UUID) -> Response:
        """Take it off the list. Whoever came by it stays."""
        remove_domain(tenant_id=self.tenant_id, domain_id=domain_id)
        self._tell("domain_removed")
        return Response(status=204)
