"""The person who is signed in, the CSRF token of her session, and her other sessions."""

from typing import Any
from uuid import UUID

from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.identity.actions.profiles import change_profile
from dott.platform.identity.actions.sessions import revoke_session, revoke_sessions
from dott.platform.identity.api.serializers import (
    CsrfSerializer,
    MeSerializer,
    RevokedSerializer,
    SessionSerializer,
    SessionsSerializer,
    UserSerializer,
)
from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.confinement import OWN_FIELDS, Confined
from dott.platform.identity.events import tell_businesses_of
from dott.platform.identity.memberships import active_membership, lacks_second_factor, lacks_single_sign_on
from dott.platform.identity.models import Session, Tenant


def describe_me(view: IdentityView) -> dict[str, Any]:
    """The body of GET /api/auth/me/."""
    membership = active_membership(view.request)
    tenant = Tenant.objects.filter(id=membership.tenant_id).first() if membership else None
    found = {
        "user": view.person,
        "membership": membership,
        "tenant": tenant,
        "lacks_second_factor": lacks_second_factor(view.request),
        "lacks_single_sign_on": lacks_single_sign_on(view.request),
        "is_confined": view.session.confined_to is not None,
    }
    return dict(MeSerializer(found).data)


class CsrfView(IdentityView):
    """Where a page gets its first CSRF token."""

    @extend_schema(responses=CsrfSerializer)
    def get(self, request: Request) -> Response:
        """The token, also set as the cookie `csrftoken`. It changes whenever the session's token does."""
        return Response({"csrf_token": get_token(request._request)})


class MeView(IdentityView):
    """The signed-in person, her role, and the business she is in."""

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Everything that the shell of the user interface shows of her."""
        return Response(describe_me(self))

    @extend_schema(request=UserSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Change name, language or time zone. Colleagues see the new name everywhere, so a session of single
        sign-on may not change it (403 `confined_session`)."""
        serializer = UserSerializer(self.person, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        if self.session.confined_to and not OWN_FIELDS.issuperset(serializer.validated_data):
            raise Confined
        change_profile(user=self.person, changes=serializer.validated_data)
        return Response(describe_me(self))


class SessionListView(IdentityView):
    """Where the person is signed in."""

    @extend_schema(responses=SessionsSerializer)
    def get(self, request: Request) -> Response:
        """Her live sessions, the latest used first."""
        sessions = Session.objects.live().filter(user_id=self.person.id).order_by("-last_seen_at", "-id")
        context = {"current_id": self.session.row_id}
        return Response({"results": SessionSerializer(sessions, many=True, context=context).data})


class SessionDetailView(IdentityView):
    """One of her sessions."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, session_id: UUID) -> Response:
        """Sign that browser out, as of its next request."""
        is_own = session_id == self.session.row_id
        if not is_own and not revoke_session(user_id=self.person.id, session_id=session_id):
            raise NotFound
        tell_businesses_of(self.person.id, "sessions_ended", count=1)
        if is_own:
            self.session.flush()
        return Response(status=204)


class RevokeOthersView(IdentityView):
    """All her sessions but this one."""

    @extend_schema(request=None, responses=RevokedSerializer)
    def post(self, request: Request) -> Response:
        """Sign out everywhere else."""
        revoked = revoke_sessions(user_id=self.person.id, except_id=self.session.row_id)
        tell_businesses_of(self.person.id, "sessions_ended", count=revoked)
        return Response({"revoked": revoked})
