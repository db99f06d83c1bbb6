"""The role table, applied to a request."""

from typing import TYPE_CHECKING, Any

from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from dott.platform.api.errors import ProblemError
from dott.platform.identity import roles, scopes
from dott.platform.identity.confinement import refuse_confined
from dott.platform.identity.fresh import SecondFactorNeeded, SingleSignOnNeeded, refuse_stale
from dott.platform.identity.memberships import active_membership, lacks_second_factor, lacks_single_sign_on
from dott.platform.tenancy.context import Context

if TYPE_CHECKING:
    # REST framework's views import this module, by way of the settings.
    from rest_framework.views import APIView


SESSION_REQUIRED = "API keys are not taken here. Sign in to do this."


class RolePermission(BasePermission):
    """Allows what `roles` allows; a route or method without an entry is refused."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """False means 403. Raises NotAuthenticated (401) where a session is missing; SingleSignOnNeeded,
        SecondFactorNeeded and ProofNeeded (403) where it was not proved well, or lately, enough; Confined
        (403) where it is for a business only; and a 403 of its own where an API key is no use or was not
        given this."""
        if not self._is_implemented(request, view):
            return True  # REST framework answers 405.
        match = request.resolver_match
        route = match.view_name if match else ""
        _refuse_beyond_scopes(request, route)
        least = roles.minimum(route, str(request.method), getattr(view, "action", None))
        if least is None or not self._has_standing(request, least):
            return False
        refuse_stale(request, route)
        return True

    def _has_standing(self, request: Request, least: str) -> bool:
        if least == roles.ANYONE:
            return True
        if not (request.user and request.user.is_authenticated):
            raise NotAuthenticated
        if least == roles.SIGNED_IN:
            refuse_confined(request)
            return True
        role = self._role(request)
        return role is not None and roles.suffices(role, least)

    @staticmethod
    def _is_implemented(request: Request, view: "APIView") -> bool:
        method = str(request.method).lower()
        return method in view.http_method_names and hasattr(view, method)

    @staticmethod
    def _role(request: Request) -> str | None:
        role: Any = getattr(request.user, "role", None)
        if role is not None:
            return str(role)
        membership = active_membership(request)
        if lacks_single_sign_on(request):
            raise SingleSignOnNeeded
        if lacks_second_factor(request):
            raise SecondFactorNeeded
        return membership.role if membership else None


def _refuse_beyond_scopes(request: Request, route: str) -> None:
    context: Context | None = getattr(request._request, "tenant_context", None)
    if context is None or context.scopes is None:
        return
    scope = scopes.needed(route, str(request.method))
    if scope is None:
        raise ProblemError(403, "session_required", SESSION_REQUIRED)
    if not scopes.suffices(context.scopes, scope):
        raise ProblemError(
            403,
            "missing_scope",
            f"This API key was not given {scope}.",
            headers={"WWW-Authenticate": f'Bearer realm="Dott", error="insufficient_scope", scope="{scope}"'},
        )
