"""Making and changing businesses."""

import secrets
import string
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from dott.platform.api.errors import Conflict
from dott.platform.identity.events import tell_business
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Membership, Tenant, User
from dott.platform.realtime import announce
from dott.platform.tenancy.router import AUTH
from dott.platform.tenancy.search import search_key

SLUG_TAKEN = "This address is taken by another business."


def create_tenant(*, owner: User, name: str, **fields: Any) -> Tenant:
    """A new business whose owner is its only member. fields: other columns of Tenant."""
    tenant = _insert_with_free_slug(Tenant(name=name, **fields))
    place = Membership(
        tenant_id=tenant.id, user=owner, role=Membership.Role.OWNER, display_name=owner.name or owner.email
    )
    place.save(using=AUTH, force_insert=True)
    tell_business(place, "business_made", name=tenant.name)
    return tenant


def change_tenant(*, tenant: Tenant, changes: dict[str, Any]) -> Tenant:
    """Change a business whose row the caller has locked. Naming it for the first time ends its onboarding.

    Raises Conflict (409) when the slug belongs to another one.
    """
    for field, value in changes.items():
        setattr(tenant, field, value)
    if "name" in changes and tenant.onboarded_at is None:
        tenant.onboarded_at = timezone.now()
    tenant.version += 1
    try:
        with transaction.atomic(using=AUTH):
            tenant.save(using=AUTH)
    except IntegrityError as error:
        if "slug" not in changes:
            raise
        taken = [{"pointer": "/slug", "code": "taken", "detail": SLUG_TAKEN}]
        raise Conflict(SLUG_TAKEN, "slug_taken", errors=taken) from error
    return tenant


def change_second_factor(*, tenant_id: UUID, policy: str, has_factor: bool) -> Tenant:
    """Decide whom a business asks for a second factor. Members without one are out at their next request.

    has_factor: whether who decides was proved by one. Raises Conflict (409) otherwise, for she would be the
    first to be out.
    """
    tenant = Tenant.objects.select_for_update().get(id=tenant_id)
    if policy != Tenant.SecondFactor.NOBODY and not has_factor:
        raise Conflict("Add a second factor of your own first.", "no_second_factor")
    tenant.second_factor = policy
    tenant.version += 1
    tenant.save(using=AUTH, update_fields=["second_factor", "version"])
    members = all_memberships().filter(tenant_id=tenant_id, status=Membership.Status.ACTIVE)
    announce.access_may_have_ended(members.values_list("user_id", flat=True))
    return tenant


def _insert_with_free_slug(tenant: Tenant) -> Tenant:
    # search_key also writes ł, ø and ß in the letters that a slug may have.
    base = slugify(search_key(tenant.name))[:34].strip("-")
    if len(base) < 3:
        base = "business"
    tenant.slug = base
    while True:
        try:
            # A savepoint each: two sign-ups may want the same slug in the same moment.
            with transaction.atomic(using=AUTH):
                tenant.save(using=AUTH, force_insert=True)
        except IntegrityError:
            if not Tenant.objects.filter(slug=tenant.slug).exists():
                raise
            suffix = "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(5))
            tenant.slug = f"{base}-{suffix}"
        else:
            return tenant
