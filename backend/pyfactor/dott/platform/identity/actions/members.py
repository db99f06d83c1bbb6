"""Changing what a colleague may do, and leaving."""

from uuid import UUID

from rest_framework.exceptions import NotFound, PermissionDenied

from dott.platform.api.errors import Conflict
from dott.platform.identity import roles
from dott.platform.identity.events import tell_business
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import ApiKey, Membership, Session, Tenant
from dott.platform.tenancy.router import AUTH


def change_member(
    *, actor: Membership, membership_id: UUID, role: str | None = None, status: str | None = None
) -> Membership:
    """Give a member of the actor's business another role or status; None leaves it as it is.

    Her sessions there end when something changes, so that she goes on under a new token. Raises NotFound
    (404) for a member of another business, PermissionDenied (403) when either role is above the actor's
    own, and Conflict (409) when no active owner would be left.
    """
    # The business is the lock: two owners who demote each other at once would leave none.
    Tenant.objects.select_for_update().get(id=actor.tenant_id)
    colleagues = all_memberships().filter(tenant_id=actor.tenant_id)
    actor.refresh_from_db(using=AUTH, fields=["role"], from_queryset=colleagues)
    member = colleagues.filter(id=membership_id).first()
    if member is None:
        raise NotFound
    if not all(roles.suffices(actor.role, least) for least in (member.role, role or member.role)):
        raise PermissionDenied
    wanted = role or member.role, status or member.status
    if wanted == (member.role, member.status):
        return member
    member.role, member.status = wanted
    all_memberships().filter(tenant_id=actor.tenant_id, id=member.id).update(
        role=member.role, status=member.status
    )
    _keep_an_owner(actor.tenant_id)
    if member.status == Membership.Status.DISABLED:
        _end_keys(member)
    tell_business(actor, "member_changed", member=member.display_name, role=member.role, status=member.status)
    if member.id != actor.id:
        Session.objects.live().filter(user_id=member.user_id, active_tenant=actor.tenant_id).revoke()
    return member


def leave(*, actor: Membership) -> None:
    """Give up one's own place. It stays as a disabled one, since history names it; an admin can reopen it.

    All one's sessions in the business end. Raises Conflict (409) when no active owner would be left.
    """
    Tenant.objects.select_for_update().get(id=actor.tenant_id)
    all_memberships().filter(tenant_id=actor.tenant_id, id=actor.id).update(status=Membership.Status.DISABLED)
    _keep_an_owner(actor.tenant_id)
    _end_keys(actor)
    tell_business(actor, "member_left")
    Session.objects.live().filter(user_id=actor.user_id, active_tenant=actor.tenant_id).revoke()


def _end_keys(member: Membership) -> None:
    # For good: whoever comes back does not find old programs still running.
    ApiKey.objects.filter(business_id=member.tenant_id, user_id=member.user_id).revoke()


def _keep_an_owner(tenant_id: UUID) -> None:
    owners = all_memberships().filter(
        tenant_id=tenant_id, role=Membership.Role.OWNER, status=Membership.Status.ACTIVE
    )
    if not owners.exists():
        raise Conflict("A business keeps at least one active owner.", "last_owner")
