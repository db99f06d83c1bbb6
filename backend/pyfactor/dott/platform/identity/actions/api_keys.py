"""Making and ending API keys."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from rest_framework.exceptions import NotFound

from dott.platform.api.errors import Conflict
from dott.platform.identity import roles
from dott.platform.identity.adapter import send_mail
from dott.platform.identity.events import tell_business
from dott.platform.identity.keys.format import new_key, stored_hash
from dott.platform.identity.models import ApiKey, ApiKeyQuerySet, Membership, Tenant, User
from dott.platform.tenancy.router import AUTH

# security.md 5.7: no key lives longer, whatever is asked for.
LONGEST_DAYS = 365
# Of one member in one business, expired ones included.
MAX_KEYS = 25


def visible_keys(actor: Membership) -> ApiKeyQuerySet:
    """The keys that a member may see and revoke: her own, or all when she is admin or owner."""
    keys = ApiKey.objects.kept().filter(business_id=actor.tenant_id)
    return keys if roles.suffices(actor.role, roles.ADMIN) else keys.filter(user_id=actor.user_id)


def make_key(
    *,
    actor: Membership,
    name: str,
    scopes: Iterable[str],
    expires_in_days: int,
    has_second_factor: bool,
    by_single_sign_on: bool = False,
) -> tuple[ApiKey, str]:
    """A key of the actor's with the row that stays of it; the key itself is nowhere afterwards.

    scopes: words of scopes.every(). has_second_factor, by_single_sign_on: of the session that asks. Mails the
    actor, so that a key she knows nothing of comes to light. Raises Conflict (409) when she has 25 already.
    """
    # The business is the lock: two requests at once would count the same keys.
    tenant = Tenant.objects.select_for_update().get(id=actor.tenant_id)
    _forget_old(actor)
    mine = ApiKey.objects.kept().filter(business_id=actor.tenant_id, user_id=actor.user_id)
    if mine.count() >= MAX_KEYS:
        raise Conflict(f"Nobody has more than {MAX_KEYS} API keys. Revoke one first.", "too_many_api_keys")
    made = new_key()
    row = ApiKey(
        business_id=actor.tenant_id,
        user_id=actor.user_id,
        name=name,
        prefix=made.name,
        key_hash=stored_hash(made.key),
        scopes=" ".join(sorted(set(scopes))),
        has_second_factor=has_second_factor,
        by_single_sign_on=by_single_sign_on,
        expires_at=timezone.now() + timedelta(days=expires_in_days),
    )
    row.save(using=AUTH, force_insert=True)
    row.refresh_from_db(using=AUTH)
    tell_business(actor, "api_key_made", name=name, prefix=made.name, scopes=row.scopes)
    email = User.objects.values_list("email", flat=True).get(id=actor.user_id)
    ends = row.expires_at.date()
    context = {"business": tenant.name, "name": name, "prefix": made.name, "expires_on": ends}
    send_mail("api_key_made", email, context)
    return row, made.key


def revoke_key(*, actor: Membership, key_id: UUID) -> None:
    """End a key as of its next request. Raises NotFound (404) for one that the actor may not see."""
    key = visible_keys(actor).filter(id=key_id)
    known = key.first()
    if known is None or not key.revoke():
        raise NotFound
    tell_business(actor, "api_key_revoked", name=known.name, prefix=known.prefix)


def _forget_old(actor: Membership) -> None:
    """Delete the member's keys that ended more than 90 days ago: until then a 401 can say why."""
    ended = Now() - timedelta(days=90)
    ApiKey.objects.filter(
        Q(revoked_at__lt=ended) | Q(expires_at__lt=ended), business_id=actor.tenant_id, user_id=actor.user_id
    ).delete()
