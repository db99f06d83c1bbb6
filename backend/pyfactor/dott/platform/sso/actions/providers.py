"""Setting up, changing and removing a business's provider, and whether everybody has to use it."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils import timezone

from dott.platform.api.errors import Conflict
from dott.platform.identity.factors.keys import seal_secret
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Membership, Session, Tenant
from dott.platform.realtime import announce
from dott.platform.sso.metadata import Metadata
from dott.platform.sso.models import Link, Provider
from dott.platform.tenancy.router import AUTH


def set_provider(
    *,
    tenant_id: UUID,
    metadata: Metadata,
    keys: list[dict[str, Any]],
    issuer: str,
    client_id: str,
    client_secret: str,
    newcomers: str,
    is_enabled: bool,
    is_required: bool,
) -> Provider:
    """Write the business's provider, whose metadata and keys were read a moment ago.

    client_secret: "" keeps the one of before. A change of issuer or client ends every session that the
    provider of before made. Raises Conflict (409) without a secret, and when everybody is to use what nobody
    has used yet.
    """
    tenant = Tenant.objects.select_for_update().get(id=tenant_id)
    before = Provider.objects.filter(pk=tenant_id).first()
    is_other = before is None or (before.issuer, before.client_id) != (issuer, client_id)
    if not client_secret and (before is None or is_other):
        raise Conflict("Enter the client secret.", "secret_needed")
    if is_required and not (is_enabled and _has_been_used(tenant_id, issuer)):
        raise Conflict("Somebody has to sign in by it once before everybody must.", "not_used_yet")
    provider = before or Provider(business_id=tenant_id)
    for name, value in asdict(metadata).items():
        setattr(provider, name, value)
    provider.issuer, provider.client_id, provider.newcomers = issuer, client_id, newcomers
    provider.is_enabled, provider.keys, provider.keys_read_at = is_enabled, keys, timezone.now()
    if client_secret:
        provider.client_secret = seal_secret(client_secret)
    provider.save(using=AUTH)
    if is_other or not is_enabled:
        _end_sessions(tenant_id)
    _require(tenant, is_required)
    return provider


def remove_provider(*, tenant_id: UUID) -> None:
    """Go back to accounts of people's own: the connections and the sessions of single sign-on end."""
    tenant = Tenant.objects.select_for_update().get(id=tenant_id)
    Provider.objects.filter(pk=tenant_id).delete()
    Link.objects.filter(business_id=tenant_id).delete()
    _end_sessions(tenant_id)
    _require(tenant, False)


def _has_been_used(tenant_id: UUID, issuer: str) -> bool:
    return bool(Link.objects.filter(business_id=tenant_id, issuer=issuer).exists())


def _require(tenant: Tenant, is_required: bool) -> None:
    if tenant.needs_single_sign_on == is_required:
        return
    tenant.needs_single_sign_on = is_required
    tenant.version += 1
    tenant.save(using=AUTH, update_fields=["needs_single_sign_on", "version"])
    members = all_memberships().filter(tenant_id=tenant.id, status=Membership.Status.ACTIVE)
    announce.access_may_have_ended(members.values_list("user_id", flat=True))


def _end_sessions(tenant_id: UUID) -> None:
    Session.objects.live().filter(confined_to=tenant_id).revoke()
