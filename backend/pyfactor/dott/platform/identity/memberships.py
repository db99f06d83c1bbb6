"""Who belongs where, read by the login role across businesses.

Membership's own manager knows only the active tenant. Sign-in comes before the tenant, so these
queries run on the alias `auth`, whose role no CRM endpoint can reach.
"""

from typing import cast
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from rest_framework.request import Request

from dott.platform.identity.models import Membership, Session, Tenant
from dott.platform.identity.sessions import SessionStore
from dott.platform.tenancy.router import AUTH


def all_memberships() -> QuerySet[Membership]:
    """Memberships of every business. For identity code only."""
    return QuerySet(Membership, using=AUTH)


def memberships_of(user_id: UUID) -> QuerySet[Membership]:
    """A user's active memberships of active businesses, oldest first: those that app.enter accepts."""
    served = Tenant.objects.filter(status=Tenant.Status.ACTIVE).values("id")
    active = all_memberships().filter(status=Membership.Status.ACTIVE, tenant_id__in=served)
    return active.filter(user_id=user_id).order_by("id")


def active_membership(request: HttpRequest | Request) -> Membership | None:
    """The session's membership in the business it is in, read once per request; None without one."""
    session = cast(SessionStore, request.session)
    if not hasattr(session, "membership"):
        found = None
        if session.user_id and session.active_tenant and may_enter(session, session.active_tenant):
            tenant = Tenant.objects.filter(id=OuterRef("tenant_id"))
            hers = memberships_of(session.user_id).annotate(
                second_factor=Subquery(tenant.values("second_factor")),
                needs_single_sign_on=Subquery(tenant.values("needs_single_sign_on")),
            )
            found = hers.filter(tenant_id=session.active_tenant).first()
        session.membership = found
    return session.membership


def may_enter(session: SessionStore, tenant_id: UUID) -> bool:
    """Whether the session is not confined to another business."""
    return session.confined_to in {None, tenant_id}


def lacks_single_sign_on(request: HttpRequest | Request) -> bool:
    """Whether the session's business lets only its own single sign-on in, and she came another way. Owners
    may. app.enter answers the same for everything outside identity."""
    membership = active_membership(request)
    if membership is None or cast(SessionStore, request.session).confined_to:
        return False
    return (
        bool(getattr(membership, "needs_single_sign_on", False)) and membership.role != Membership.Role.OWNER
    )


def lacks_second_factor(request: HttpRequest | Request) -> bool:
    """Whether the session's business asks her for a second factor and the session was proved without one.
    Where the business's own provider signed her in, it is the provider's to ask.
    app.enter answers the same for everything outside identity."""
    membership = active_membership(request)
    session = cast(SessionStore, request.session)
    if membership is None or session.has_second_factor or session.confined_to:
        return False
    policy = getattr(membership, "second_factor", Tenant.SecondFactor.NOBODY)
    return asks_for_second_factor(policy, membership.role)


def members_without_factor(tenant_id: UUID) -> QuerySet[Membership]:
    """Active members who have no second factor, by name."""
    enrolled = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values("user_id")
    active = all_memberships().filter(tenant_id=tenant_id, status=Membership.Status.ACTIVE)
    return active.exclude(user_id__in=enrolled).order_by("display_name", "id")


def asks_for_second_factor(policy: str, role: str) -> bool:
    """Whether a policy means a role."""
    is_admin = role in {Membership.Role.OWNER, Membership.Role.ADMIN}
    return policy == Tenant.SecondFactor.EVERYONE or (policy == Tenant.SecondFactor.ADMINS and is_admin)


def preferred_tenant(user_id: UUID) -> UUID | None:
    """The business to enter at sign-in: the one used last, else the oldest; None without any."""
    open_to_her = [membership.tenant_id for membership in memberships_of(user_id)]
    used = (
        Session.objects.filter(user_id=user_id, active_tenant__in=open_to_her)
        .order_by("-last_seen_at")
        .values_list("active_tenant", flat=True)
        .first()
    )
    return used or next(iter(open_to_her), None)


def tenants_of(user_id: UUID) -> list[tuple[Membership, Tenant]]:
    """A user's businesses with her membership in each, by name."""
    memberships = {membership.tenant_id: membership for membership in memberships_of(user_id)}
    tenants = Tenant.objects.filter(id__in=memberships).order_by("name", "id")
    return [(memberships[tenant.id], tenant) for tenant in tenants]
