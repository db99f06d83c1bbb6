"""How often sign-in, sign-up, reset and verification may be tried, per client and per account.

Counted before the request's transaction opens, so that a refused or failed attempt stays counted.
Addresses without an account count like those with one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dott.platform.api import limits
from dott.platform.api.errors import ProblemError
from dott.platform.api.parsers import loads
from dott.platform.identity.client import limiter_key

Key = Callable[[HttpRequest], str | None]


def account_key(request: HttpRequest) -> str | None:
    """The address named in the body; None when there is none, which the view will refuse."""
    try:
        email = loads(request.body)["email"]
    except (ProblemError, TypeError, KeyError):
        return None
    return email.strip().lower()[:254] if isinstance(email, str) else None


def session_key(request: HttpRequest) -> str | None:
    """The session in which a code was asked for, by its cookie."""
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME)


@dataclass(frozen=True, slots=True)
class Limit:
    """One counter: its scope in settings.RATE_LIMITS, and whom it counts."""

    scope: str
    key: Key


SIGN_IN_ACCOUNT = Limit("sign_in_account", account_key)
LIMITS: dict[str, tuple[Limit, ...]] = {
    "auth/login": (Limit("sign_in_ip", limiter_key), SIGN_IN_ACCOUNT),
    "auth/signup": (Limit("sign_up_ip", limiter_key), Limit("sign_up_account", account_key)),
    "auth/password/request": (Limit("reset_ip", limiter_key), Limit("reset_account", account_key)),
    "auth/password/reset": (Limit("code_ip", limiter_key), Limit("code_session", session_key)),
    "auth/email/verify": (Limit("code_ip", limiter_key), Limit("code_session", session_key)),
    "auth/email/verify/resend": (Limit("resend_ip", limiter_key), Limit("resend_session", session_key)),
    "auth/2fa/authenticate": (Limit("code_ip", limiter_key), Limit("factor_session", session_key)),
    "auth/webauthn/authenticate": (Limit("code_ip", limiter_key), Limit("factor_session", session_key)),
    "auth/webauthn/login": (Limit("passkey_ip", limiter_key),),
    "auth/webauthn/login/begin": (Limit("passkey_ip", limiter_key),),
    "account/password/change": (Limit("code_ip", limiter_key), Limit("code_session", session_key)),
}


def refuse_excess(request: HttpRequest, route: str) -> HttpResponse | None:
    """Count an attempt at a route of LIMITS; a 429 with Retry-After when it is one too many."""
    if request.method != "POST":
        return None
    for limit in LIMITS.get(route, ()):
        key = limit.key(request)
        verdict = limits.hit(limit.scope, key) if key else None
        if verdict and not verdict.allowed:
            return limits.refusal(request, verdict)
    return None


def forgive(request: HttpRequest) -> None:
    """Forget an account's attempts after the right password: they were not guesses."""
    if key := account_key(request):
        limits.reset(SIGN_IN_ACCOUNT.scope, key)


# Whose codes are guessed counts, too, and not only where: whoever has the password can begin as many
# sessions as she likes.
FACTOR_ACCOUNT = "factor_account"


def count_proof(user_id: UUID) -> None:
    """Count an attempt at somebody's second factor, or at her password to confirm herself. Raises
    RateLimited (429)."""
    limits.enforce(FACTOR_ACCOUNT, str(user_id))


def forgive_proof(user_id: UUID) -> None:
    """Forget them after a right one."""
    limits.reset(FACTOR_ACCOUNT, str(user_id))
