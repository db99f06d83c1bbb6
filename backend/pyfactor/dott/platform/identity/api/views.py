"""Base of the views below /api/auth/ and /api/tenants/."""

from typing import Any, cast
from uuid import UUID

from dott.platform.api.views import ApiView
from dott.platform.identity.authentication import UserAuthentication
from dott.platform.identity.models import User
from dott.platform.identity.sessions import SessionStore


class IdentityView(ApiView):
    """Runs as the session's user on the alias `auth`; `request.user` is Django's, possibly anonymous."""

    authentication_classes: tuple[Any, ...] = (UserAuthentication,)

    @property
    def session(self) -> SessionStore:
        """The request's session."""
        return cast(SessionStore, self.request.session)

    @property
    def person(self) -> User:
        """The signed-in user, on routes that the role table does not open to anyone."""
        return cast(User, self.request.user)

    @property
    def tenant_id(self) -> UUID:
        """The business the session is in, on routes for which the role table asks for a role."""
        return cast(UUID, self.session.active_tenant)
