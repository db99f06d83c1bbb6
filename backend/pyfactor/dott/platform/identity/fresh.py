"""Acts that ask again who is there: a session may be somebody's who found the laptop open.

The one table of them: route name → methods. `RolePermission` refuses them when the session was last proved
more than ten minutes ago; a page answers with its dialog, and tries again. Only routes below /api/auth/ and
/api/tenants/ can be in it, because only their database role knows when a session was proved.
"""

from datetime import timedelta
from typing import cast

from allauth.mfa.models import Authenticator
from django.utils import timezone
from rest_framework.request import Request

from dott.platform.api.errors import ProblemError
from dott.platform.identity.models import User
from dott.platform.identity.sessions import SessionStore

FRESH_FOR = timedelta(minutes=10)

SENSITIVE: dict[str, frozenset[str]] = {
    "change-password": frozenset({"POST"}),
    "factor-totp": frozenset({"POST", "DELETE"}),
    "factor-totp-begin": frozenset({"POST"}),
    "factor-passkey-list": frozenset({"POST"}),
    "factor-passkey-begin": frozenset({"POST"}),
    "factor-passkey-detail": frozenset({"DELETE"}),
    "factor-recovery-codes": frozenset({"POST"}),
    # Giving somebody or something a role, a place or an owner's rights.
    "invitation-list": frozenset({"POST"}),
    "member-detail": frozenset({"PATCH"}),
    "api-key-list": frozenset({"POST"}),
    "tenant-security": frozenset({"PATCH"}),
    # Letting roles and teams see more, or less.
    "tenant-scopes": frozenset({"PATCH"}),
    "team-list": frozenset({"POST"}),
    "team-detail": frozenset({"PATCH", "DELETE"}),
    # What it opens is below /api/privacy/ (passes.py).
    "privacy-pass": frozenset({"POST"}),
    # All of the business in one file.
    "business-export-list": frozenset({"POST"}),
    "business-export-download": frozenset({"GET"}),
    # Whoever holds the provider signs in as any member who uses it.
    "sso-provider": frozenset({"PUT", "DELETE"}),
    "sso-domain-list": frozenset({"POST"}),
    "sso-domain-detail": frozenset({"DELETE"}),
}

# How a factor is named where a person proves herself by it.
METHODS = {
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.TOTP: "totp",
    Authenticator.Type.RECOVERY_CODES: "recovery_code",
}
PASSWORD = "password"  # noqa: S105  (the name of a method)


# A session of single sign-on is proved again where it came from, and by nothing that is the person's own.
SINGLE_SIGN_ON = "single_sign_on"
SINGLE_SIGN_ON_REQUIRED = "This business asks you to use its single sign-on."


class ProofNeeded(ProblemError):
    """403: prove again who you are, by one of `methods`, and repeat the request."""

    def __init__(self, methods: list[str]) -> None:
        super().__init__(
            403, "reauthentication_required", "Confirm that it is you, then try again.", methods=methods
        )


class SingleSignOnNeeded(ProblemError):
    """403: the business lets only those in whom its own provider has signed in."""

    def __init__(self) -> None:
        super().__init__(403, "single_sign_on_required", SINGLE_SIGN_ON_REQUIRED)


class SecondFactorNeeded(ProblemError):
    """403: the business lets nobody in who was proved by a password only. Enrol, or sign in again."""

    def __init__(self) -> None:
        super().__init__(403, "second_factor_required", "This business asks you for a second factor.")


def is_fresh(session: SessionStore) -> bool:
    """Whether the session's person has proved herself in the last ten minutes."""
    proved_at = session.row.auth_time if session.user_id and session.row else None
    return proved_at is not None and timezone.now() - proved_at < FRESH_FOR


def methods_of(user: User) -> list[str]:
    """How she proves herself: with whatever she signs in with beyond the password, else with that."""
    types = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    return [name for type_, name in METHODS.items() if type_ in types] or [PASSWORD]


def ways_of(session: SessionStore, user: User) -> list[str]:
    """How this session is proved again."""
    return [SINGLE_SIGN_ON] if session.confined_to else methods_of(user)


def refuse_stale(request: Request, route: str) -> None:
    """Raise ProofNeeded for an act of the table in a session that was not proved lately."""
    method = "GET" if request.method == "HEAD" else str(request.method)
    if method not in SENSITIVE.get(route, ()):
        return
    session = cast(SessionStore, request.session)
    if not is_fresh(session):
        raise ProofNeeded(ways_of(session, cast(User, request.user)))
