"""Inviting people into a business, and accepting.

An invitation is worth what its inviter is worth when it is accepted: it dies with her place in the
business, and never gives more than she has then.
"""

import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone
from rest_framework.exceptions import NotFound, PermissionDenied

from dott.platform.api.errors import Conflict, ProblemError
from dott.platform.identity import roles
from dott.platform.identity.adapter import send_mail
from dott.platform.identity.events import tell_business
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Invitation, Membership, Session, Tenant, User
from dott.platform.tenancy.router import AUTH

LASTS = timedelta(days=7)
# Where the web UI takes the token from; behind # it reaches neither a server's log nor another site.
PAGE = "/invitation#"


class NoSuchInvitation(ProblemError):
    """404: unknown, expired, withdrawn or used, which are told apart to nobody."""

    def __init__(self) -> None:
        super().__init__(
            404,
            "no_such_invitation",
            "This invitation is no longer valid. Ask for a new one where you got it.",
        )


def invite(*, actor: Membership, email: str, role: str) -> Invitation:
    """Mail a place in the actor's business to an address; an earlier invitation there is replaced.

    Whether the address has an account is told neither by the answer nor by its time. Raises
    PermissionDenied (403) for a role above the actor's own and Conflict (409) for a colleague.
    """
    if not roles.suffices(actor.role, role):
        raise PermissionDenied
    email = email.strip().lower()
    tenant = Tenant.objects.select_for_update().get(id=actor.tenant_id)
    if _is_colleague(actor.tenant_id, email):
        raise Conflict("Whoever has this address works here already.", "already_a_member")
    Invitation.objects.filter(
        business_id=actor.tenant_id, email=email, accepted_at=None, revoked_at=None
    ).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        business_id=actor.tenant_id,
        email=email,
        role=role,
        token_hash=_hash(token),
        invited_by_id=actor.user_id,
        expires_at=timezone.now() + LASTS,
    )
    invitation.save(using=AUTH, force_insert=True)
    tell_business(actor, "member_invited", email=email, role=role)
    context = {
        "business": tenant.name,
        "inviter": actor.display_name,
        "link": f"{settings.PUBLIC_ORIGIN}{PAGE}{token}",
    }
    # Not as the inviter's browser asks: it is another person's.
    send_mail("invitation", email, context, language=tenant.language)
    return invitation


def withdraw(*, actor: Membership, invitation_id: UUID) -> None:
    """Make the link worthless. Raises NotFound (404) for one of another business or one already answered."""
    pending = Invitation.objects.pending().filter(business_id=actor.tenant_id, id=invitation_id)
    if not pending.update(revoked_at=timezone.now()):
        raise NotFound
    tell_business(actor, "invitation_withdrawn")


def look(*, token: str) -> Invitation:
    """What a link offers. Raises NoSuchInvitation (404)."""
    return _pending(token, lock=False)


def accept(*, user: User, token: str) -> Membership:
    """Take the offered place: a new one, or one's own former one opened again with the offered role.

    Raises NoSuchInvitation (404), and a 403 when the invitation is for an address that is not verified
    for this user. Of simultaneous attempts one succeeds.
    """
    invitation = _pending(token, lock=True)
    if not is_addressed_to(invitation, user):
        raise ProblemError(
            403,
            "other_address",
            "This invitation is for another address. Sign in with that one, or ask for a new invitation.",
        )
    return _take_place(invitation, user)


def take_place(*, invitation: Invitation, user: User) -> bool:
    """Take the place of a pending invitation whose row the caller has locked, and whose address it knows to
    be the user's; False when its inviter may no longer offer it."""
    if not _may_still_offer(invitation):
        return False
    _take_place(invitation, user)
    return True


def _take_place(invitation: Invitation, user: User) -> Membership:
    Invitation.objects.filter(id=invitation.id).update(accepted_at=timezone.now())
    colleagues = all_memberships().filter(tenant_id=invitation.business_id)
    place = colleagues.select_for_update().filter(user_id=user.id).first()
    if place is None:
        place = Membership(
            tenant_id=invitation.business_id,
            user=user,
            role=invitation.role,
            display_name=user.name or user.email,
        )
        place.save(using=AUTH, force_insert=True)
    elif place.status == Membership.Status.DISABLED:
        place.role, place.status = invitation.role, Membership.Status.ACTIVE
        colleagues.filter(id=place.id).update(role=place.role, status=place.status)
        Session.objects.live().filter(user_id=user.id, active_tenant=invitation.business_id).revoke()
    tell_business(place, "member_joined", role=place.role)
    return place


def is_addressed_to(invitation: Invitation, user: User) -> bool:
    """Whether the user has proved that the invited address is hers."""
    proved = EmailAddress.objects.using(AUTH).filter(user_id=user.id, verified=True, email=invitation.email)
    return bool(proved.exists())


def _pending(token: str, *, lock: bool) -> Invitation:
    found = Invitation.objects.pending().filter(
        token_hash=_hash(token), business__status=Tenant.Status.ACTIVE
    )
    if lock:
        found = found.select_for_update(of=("self",))
    invitation = found.select_related("business", "invited_by").first()
    if invitation is None or not _may_still_offer(invitation):
        raise NoSuchInvitation
    return invitation


def _may_still_offer(invitation: Invitation) -> bool:
    inviter = (
        all_memberships()
        .filter(
            tenant_id=invitation.business_id,
            user_id=invitation.invited_by_id,
            status=Membership.Status.ACTIVE,
        )
        .first()
    )
    return (
        inviter is not None
        and roles.suffices(inviter.role, roles.ADMIN)
        and roles.suffices(inviter.role, invitation.role)
    )


def _is_colleague(tenant_id: UUID, email: str) -> bool:
    user_ids = EmailAddress.objects.using(AUTH).filter(email=email, verified=True).values("user_id")
    colleagues = all_memberships().filter(
        tenant_id=tenant_id, status=Membership.Status.ACTIVE, user_id__in=user_ids
    )
    return bool(colleagues.exists())


def _hash(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
