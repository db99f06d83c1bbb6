"""Who a request acts as, for REST framework. Proving it was done by the middleware before any view."""

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from dott.platform.tenancy.context import Context

# Without a challenge REST framework would answer 403 for 401.
CHALLENGE = 'Session realm="Dott"'


@dataclass(frozen=True, slots=True)
class Actor:
    """The member on whose behalf a tenant request runs. Ids only: the application role reads no users."""

    user_id: UUID
    membership_id: UUID
    tenant_id: UUID
    role: str
    is_authenticated: Literal[True] = True
    is_anonymous: Literal[False] = False

    @property
    def pk(self) -> UUID:
        """The user's id, under the name that Django gives to a user's key."""
        return self.user_id

    @classmethod
    def of(cls, context: Context) -> "Actor":
        """The actor of a verified tenant context."""
        return cls(context.user_id, context.membership_id, context.tenant_id, context.role)


class SessionCredential(BaseAuthentication):
    """What both classes below share: a refusal names the kind of credential that was missing."""

    def authenticate_header(self, request: Request) -> str:
        """The WWW-Authenticate challenge."""
        return CHALLENGE


class ContextAuthentication(SessionCredential):
    """Tenant paths: the member whose signed context the request's transaction carries."""

    def authenticate(self, request: Request) -> tuple[Actor, None] | None:
        """The actor, or None outside a tenant context."""
        context: Context | None = getattr(request._request, "tenant_context", None)
        return (Actor.of(context), None) if context else None


class UserAuthentication(SessionCredential):
    """Identity paths: the user of the session, read from the alias `auth`; possibly anonymous.

    An anonymous user is returned too and not None, because allauth reads `request.user`, which REST
    framework would otherwise set to None.
    """

    def authenticate(self, request: Request) -> tuple[Any, None]:
        """The session's user or AnonymousUser."""
        return request._request.user, None
