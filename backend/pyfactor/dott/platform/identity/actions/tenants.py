"""Making and changing businesses."""

import secrets
import string
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from dott.platform.api.errors import Conflict
from dott.platform.identity.models import Membership, Tenant, User
from dott.platform.tenancy.router import AUTH
from dott.platform.tenancy.search import search_key

SLUG_TAKEN = "This address is taken by another business."


def create_tenant(*, owner: User, name: str, **fields: Any) -> Tenant:
    """A new business whose owner is its only member. fields: other columns of Tenant."""
    tenant = _insert_with_free_slug(Tenant(name=name, **fields))
    Membership(
        tenant_id=tenant.id, user=owner, role=Membership.Role.OWNER, display_name=owner.name or owner.email
    ).save(using=AUTH, force_insert=True)
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
