"""The mail domains of a business, proved by their name servers."""

import secrets
from uuid import UUID

from django.utils import timezone
from rest_framework.exceptions import NotFound

from dott.platform.api.errors import Conflict
from dott.platform.identity.models import Tenant
from dott.platform.sso.models import Domain
from dott.platform.tenancy.router import AUTH

MAX_DOMAINS = 20
# Where the TXT record stands, below the domain, and what it begins with.
LABEL = "_dott"
PREFIX = "dott-domain="


def add_domain(*, tenant_id: UUID, name: str) -> Domain:
    """Note a domain; it counts for nothing until it is verified. Raises Conflict (409)."""
    Tenant.objects.select_for_update().get(id=tenant_id)
    mine = Domain.objects.filter(business_id=tenant_id)
    if mine.filter(name=name).exists():
        raise Conflict("This domain is on the list already.", "domain_exists")
    if mine.count() >= MAX_DOMAINS:
        raise Conflict(f"No business has more than {MAX_DOMAINS} domains.", "too_many_domains")
    domain = Domain(business_id=tenant_id, name=name, proof=PREFIX + secrets.token_urlsafe(24))
    domain.save(using=AUTH, force_insert=True)
    domain.refresh_from_db(using=AUTH)
    return domain


def verify_domain(*, tenant_id: UUID, domain_id: UUID, records: list[str]) -> Domain:
    """Take a domain for the business's own, as its TXT records say. Raises NotFound (404), Conflict (409).

    A domain has one holder. Whoever shows the record now takes it from whoever showed one before: domains are
    sold.
    """
    domain = Domain.objects.select_for_update().filter(business_id=tenant_id, id=domain_id).first()
    if domain is None:
        raise NotFound
    if domain.proof not in records:
        raise Conflict("The record is not there yet. Name servers may take an hour.", "record_not_found")
    Domain.objects.filter(name=domain.name).exclude(id=domain.id).update(verified_at=None)
    domain.verified_at = timezone.now()
    domain.save(using=AUTH, update_fields=["verified_at"])
    return domain


def remove_domain(*, tenant_id: UUID, domain_id: UUID) -> None:
    """Speak for it no longer. Whoever came by it stays. Raises NotFound (404)."""
    if not Domain.objects.filter(business_id=tenant_id, id=domain_id).delete()[0]:
        raise NotFound
