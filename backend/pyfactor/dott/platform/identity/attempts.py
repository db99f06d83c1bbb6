"""How often sign-in, sign-up, reset and verification may be tried, per client and per account.

Counted before the request's transaction opens, so that a refused or failed attempt stays counted.
Addresses without an account count like those with one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from dott.platform.api import limits
from dott.platform.api.errors import ProblemError
from dott.platform.api.parsers import loads
from dott.platform.identity.client import limiter_key
from dott.platform.identity.models import Session
from dott.platform.identity.sealing import unseal
from dott.platform.identity.sessions import stored_hash
from dott.platform.tenancy.router import AUTH

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


def person_key(request: HttpRequest) -> str | None:
    """Whose session it is, or who is on her way in it: guessing a code counts against her, however many
    sessions it is spread over."""
    token = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    row = Session.objects.live().filter(token_hash=stored_hash(token)).first() if token else None
    if row is None:
        return None
    on_her_way = unseal(row.session_data).get(LOGIN_SESSION_KEY)
    pending = on_her_way.get("user_pk") if isinstance(on_her_way, dict) else None
    return str(row.user_id or "") or pending


@dataclass(frozen=True, slots=True)
class Limit:
    """One counter: its scope in settings.RATE_LIMITS, and whom it counts."""

    scope: str
    key: Key


SIGN_IN_ACCOUNT = Limit("sign_in_account", account_key)
FACTOR_SESSION = Limit("factor_session", session_key)
FACTOR_PERSON = Limit("factor_account", person_key)
FACTOR = (Limit("code_ip", limiter_key), FACTOR_SESSION, FACTOR_PERSON)
# By path below /api/auth/browser/v1/, or below /api/.
LIMITS: dict[str, tuple[Limit, ...]] = {
    "auth/login": (Limit("sign_in_ip", limiter_key), SIGN_IN_ACCOUNT),
    "auth/signup": (Limit("sign_up_ip", limiter_key), Limit("sign_up_account", account_key)),
    "auth/password/request": (Limit("reset_ip", limiter_key), Limit("reset_account", account_key)),
    "auth/password/reset": (Limit("code_ip", limiter_key), Limit("code_session", session_key)),
    "auth/email/verify": (Limit("code_ip", limiter_key), Limit("code_session", session_key)),
    "auth/email/verify/resend": (Limit("resend_ip", limiter_key), Limit("resend_session", session_key)),
    "auth/2fa/authenticate": FACTOR,
    "auth/webauthn/authenticate": FACTOR,
    "auth/factors/totp/": FACTOR,
    "auth/step-up/password/": FACTOR,
    "auth/step-up/code/": FACTOR,
    "auth/step-up/passkey/": FACTOR,
    "auth/webauthn/login": (Limit("passkey_ip", limiter_key),),
    "auth/webauthn/login/begin": (Limit("passkey_ip", limiter_key),),
    "auth/sso/start/": (Limit("sso_start_ip", limiter_key),),
    "auth/sso/finish/": (Limit("sso_finish_ip", limiter_key),),
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


def forgive_proof(request: HttpRequest, user_id: UUID) -> None:
    """Forget the attempts at a person's factors after a right one.

    After the commit: while her rows are locked, whoever waits for them may hold all other connections.
    """
    session = session_key(request)

    def forget() -> None:
        limits.reset(FACTOR_PERSON.scope, str(user_id))
        if session:
            limits.reset(FACTOR_SESSION.scope, session)

    transaction.on_commit(forget, using=AUTH)
