"""Whom a provider's word lets in: who is linked, who proves the account that is to be, and who is new.

A provider is run by whoever runs the business, so its word alone never reaches an account that is there
already: its person signs in by her own means once and connects it. A new account takes an address of a domain
that the business has proved to be its own, since whoever holds the domain reads its mail anyway.
"""

from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils import timezone
from rest_framework.exceptions import NotFound

from dott.platform.api.errors import Conflict, ProblemError
from dott.platform.identity.actions.factors import tell
from dott.platform.identity.actions.invitations import take_place
from dott.platform.identity.events import tell_business
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Invitation, Membership, Session, User
from dott.platform.sso.models import Domain, Link, Provider
from dott.platform.sso.tokens import Claims
from dott.platform.tenancy.router import AUTH

# Last use is written at most this often.
TOUCH_AFTER = timedelta(minutes=1)


class NotAMember(ProblemError):
    """403: the provider knows her, the business does not."""

    def __init__(self) -> None:
        super().__init__(
            403, "not_invited", "You have no place in this business. Ask an admin to invite you."
        )


class ConnectFirst(ProblemError):
    """409: the provider alone cannot make or open an account here: there is one of this address already, or
    the address is of a domain that is not the business's. Which of both is told to nobody: it would say who
    has one."""

    def __init__(self) -> None:
        super().__init__(
            409,
            "connect_first",
            "Sign in with your own password or passkey once, and use single sign-on from there. "
            "If you have no account, ask an admin of the business to invite you.",
        )


def arrive(*, provider: Provider, claims: Claims, user: User | None) -> User:
    """Who is there, as an active member of the provider's business.

    user: whose own session the answer came in; she becomes linked. Raises ConnectFirst and Conflict (409),
    NotAMember (403).
    """
    link = (
        Link.objects.select_for_update()
        .filter(business_id=provider.business_id, issuer=provider.issuer, subject=claims.subject)
        .select_related("user")
        .first()
    )
    if link is not None and user is not None and link.user_id != user.pk:
        raise Conflict("Single sign-on means somebody else by your account there.", "linked_to_another")
    if link is None:
        link = _connect(provider, claims, user)
    elif timezone.now() - link.last_used_at > TOUCH_AFTER:
        Link.objects.filter(id=link.id).update(last_used_at=timezone.now())
    if not link.user.is_active or not _is_member(provider.business_id, link.user_id):
        raise NotAMember
    return link.user


def disconnect(*, user: User, link_id: UUID) -> None:
    """Take a connection of the person's own away; the sessions that it made end. Raises NotFound (404)."""
    link = Link.objects.filter(user_id=user.pk, id=link_id).first()
    if link is None:
        raise NotFound
    link.delete()
    Session.objects.live().filter(user_id=user.pk, confined_to=link.business_id).revoke()
    tell(user, "sso_removed", name=link.business.name)


def _connect(provider: Provider, claims: Claims, user: User | None) -> Link:
    if user is None:
        if not _speaks_for(provider, claims.email) or _has_account(claims.email):
            raise ConnectFirst
        user = _newcomer(provider, claims)
    elif not _is_member(provider.business_id, user.pk):
        _admit(provider, user, _own_address(user, claims))
    Link.objects.filter(business_id=provider.business_id, user_id=user.pk).delete()
    link = Link(business_id=provider.business_id, user=user, issuer=provider.issuer, subject=claims.subject)
    link.save(using=AUTH, force_insert=True)
    tell(user, "sso_added", name=provider.business.name)
    return link


def _newcomer(provider: Provider, claims: Claims) -> User:
    """A new account without a password, with a place in the business."""
    user = User.objects.db_manager(AUTH).create_user(claims.email, name=claims.name or claims.email[:120])
    EmailAddress.objects.using(AUTH).create(user=user, email=user.email, verified=True, primary=True)
    _admit(provider, user, user.email)
    return user


def _admit(provider: Provider, user: User, email: str) -> None:
    """The place that an invitation offers, else the one that the business gives to its newcomers."""
    if not email:
        raise NotAMember
    invitation = (
        Invitation.objects.pending()
        .select_for_update()
        .filter(business_id=provider.business_id, email=email)
        .first()
    )
    if invitation is not None and take_place(invitation=invitation, user=user):
        return
    was_here = all_memberships().filter(tenant_id=provider.business_id, user_id=user.pk).exists()
    if not provider.newcomers or was_here or not _speaks_for(provider, email):
        raise NotAMember
    place = Membership(
        tenant_id=provider.business_id,
        user=user,
        role=provider.newcomers,
        display_name=user.name or user.email,
    )
    place.save(using=AUTH, force_insert=True)
    tell_business(place, "member_joined", role=place.role)


def _own_address(user: User, claims: Claims) -> str:
    """The provider's address, if the person has proved it to us, too; else ""."""
    own = EmailAddress.objects.using(AUTH).filter(user_id=user.pk, verified=True, email=claims.email)
    return claims.email if own.exists() else ""


def _speaks_for(provider: Provider, email: str) -> bool:
    domain = email.rpartition("@")[2]
    held = Domain.objects.filter(business_id=provider.business_id, name=domain, verified_at__isnull=False)
    return bool(domain) and bool(held.exists())


def _has_account(email: str) -> bool:
    known = User.objects.filter(Q(email=email))
    return bool(known.exists() or EmailAddress.objects.using(AUTH).filter(email=email).exists())


def _is_member(business_id: UUID, user_id: UUID) -> bool:
    active = all_memberships().filter(tenant_id=business_id, user_id=user_id, status=Membership.Status.ACTIVE)
    return bool(active.exists())
