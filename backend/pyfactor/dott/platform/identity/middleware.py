"""Which credential a request brings, and the transaction in which identity endpoints run."""

import re
from collections.abc import Callable
from contextlib import nullcontext

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import UpdateError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from dott.platform.api import limits
from dott.platform.api.errors import problem_response
from dott.platform.identity import devices
from dott.platform.identity.attempts import refuse_excess
from dott.platform.identity.authentication import CHALLENGE
from dott.platform.identity.client import Client
from dott.platform.identity.csrf import SAFE_METHODS
from dott.platform.identity.keys.format import is_well_formed, key_proof
from dott.platform.identity.models import User
from dott.platform.identity.outcome import commits
from dott.platform.identity.permissions import SESSION_REQUIRED
from dott.platform.identity.sessions import SessionStore
from dott.platform.tenancy.middleware import KEY_CHALLENGE
from dott.platform.tenancy.router import AUTH

GetResponse = Callable[[HttpRequest], HttpResponse]

IDENTITY_PREFIXES = ("/api/auth/", "/api/tenants/")
ACCOUNT_PREFIX = "/api/auth/browser/v1/"


class CredentialMiddleware:
    """Refuses requests whose credential is ambiguous or of a kind that Dott does not know."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.session_cookie = re.compile(rf"(?:^|[;,])\s*{re.escape(settings.SESSION_COOKIE_NAME)}\s*=")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """400 for two credentials, 401 for an Authorization that is no API key, 403 where a key is no use."""
        if len(self.session_cookie.findall(request.META.get("HTTP_COOKIE", ""))) > 1:
            # A sibling domain can toss in a second one, and which of them wins is anybody's guess.
            return problem_response(
                request,
                400,
                "duplicate_session_cookie",
                "The request carries two session cookies. Clear both.",
            )
        if "HTTP_AUTHORIZATION" in request.META and request.path_info.startswith("/api/"):
            # Never fall back to the cookie: whoever sends a credential means that one.
            refusal = self._refuse_authorization(request)
            if refusal is not None:
                return refusal
        return self.get_response(request)

    def _refuse_authorization(self, request: HttpRequest) -> HttpResponse | None:
        """The refusal, or None after noting the proof of a key that may be one."""
        scheme, _, key = request.META["HTTP_AUTHORIZATION"].partition(" ")
        if scheme.lower() != "bearer":
            return problem_response(
                request,
                401,
                "unsupported_credential",
                "This kind of Authorization is not supported. Send “Bearer” and an API key, or sign in.",
                headers={"WWW-Authenticate": CHALLENGE},
            )
        if not is_well_formed(key.strip()):
            return problem_response(
                request,
                401,
                "malformed_api_key",
                "This is not a whole API key: they begin with dott_key_ and have 67 characters.",
                headers={"WWW-Authenticate": KEY_CHALLENGE},
            )
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return problem_response(
                request,
                400,
                "two_credentials",
                "The request carries a session cookie and an API key. Send one.",
            )
        if request.path_info.startswith(IDENTITY_PREFIXES):
            return problem_response(request, 403, "session_required", SESSION_REQUIRED)
        request.api_key_proof = key_proof(key.strip())  # type: ignore[attr-defined]  # our own addition
        return None


class ApiKeyLimitMiddleware:
    """Counts the requests of each API key. Inside the tenant's transaction, because only what has been proved
    is counted: guesses would fill the table of counters."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """429 beyond the limit; answers say how much is left."""
        context = getattr(request, "tenant_context", None)
        if context is None or context.key_id is None:
            return self.get_response(request)
        verdict = limits.hit("api_key", str(context.key_id))
        if not verdict.allowed:
            return limits.refusal(request, verdict)
        response = self.get_response(request)
        for name, value in verdict.headers().items():
            response.headers.setdefault(name, value)
        return response


class IdentityMiddleware:
    """Gives identity paths a session and a user, in one transaction on the alias `auth`.

    A response of 400 or more rolls back, unless its view asked to keep the changes: a wrong code must stay
    counted, and a sign-up that waits for its code is answered with 401 (api/accounts.py).

    A view that calls others says `opens_own_transactions`, and gets none: nobody's answer is waited for
    inside one.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve an identity path; pass any other on untouched."""
        if not request.path_info.startswith(IDENTITY_PREFIXES):
            return self.get_response(request)
        route = request.path_info.removeprefix(ACCOUNT_PREFIX).removeprefix("/api/")
        if (refusal := refuse_excess(request, route)) is not None:
            return refusal
        if _opens_own_transactions(request):
            response = self._respond(request, is_inside=False)
        else:
            with transaction.atomic(using=AUTH, durable=True):
                response = self._respond(request, is_inside=True)
                if not commits(response):
                    transaction.set_rollback(True, using=AUTH)
        response["Cache-Control"] = "private, no-store"
        return response

    def _respond(self, request: HttpRequest, *, is_inside: bool) -> HttpResponse:
        request.session = session = SessionStore(
            request.COOKIES.get(settings.SESSION_COOKIE_NAME),
            client=Client.of(request),
            # allauth may write on GET too, when it finds that a code has expired.
            lock=is_inside
            and (request.method not in SAFE_METHODS or request.path_info.startswith(ACCOUNT_PREFIX)),
        )
        request.user = SimpleLazyObject(lambda: _user_of(session))  # type: ignore[assignment]
        response = self.get_response(request)
        if hasattr(response, "render"):
            response = response.render()
        if commits(response):
            try:
                with nullcontext() if is_inside else transaction.atomic(using=AUTH):
                    _store(session, request, response)
            except UpdateError:
                # Ended from elsewhere while this request ran.
                return problem_response(
                    request, 401, "not_authenticated", "Your session has ended. Sign in again."
                )
        return response


def _opens_own_transactions(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(getattr(view, "cls", None), "opens_own_transactions", False)


def _user_of(session: SessionStore) -> User | AnonymousUser:
    if session.user_id is None:
        return AnonymousUser()
    return User.objects.filter(id=session.user_id, is_active=True).first() or AnonymousUser()


def _store(session: SessionStore, request: HttpRequest, response: HttpResponse) -> None:
    """Write the session and tell the browser its token, or that there is none any more."""
    if session.modified and not session.is_empty():
        session.save()
    else:
        session.touch()
    if session.signed_in:
        devices.remember(request, response, session.signed_in)
    token = session.session_key
    if token and token != request.COOKIES.get(settings.SESSION_COOKIE_NAME) and session.expires_at:
        response.set_cookie(
            settings.SESSION_COOKIE_NAME,
            token,
            max_age=session.expires_at - timezone.now(),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    elif session.was_ended and not token:
        response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
        # What scripts have kept. Nothing of ours is in the cache: no answer may be stored.
        response["Clear-Site-Data"] = '"storage"'
