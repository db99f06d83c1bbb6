"""Protection against forged requests, on every unsafe method of every view.

Django's own check is skipped by views marked csrf_exempt (all of REST framework's) and asks for a
Referer only over HTTPS. Here nothing is exempt, the origin must be ours, and the token belongs to the
session: another session's token, or one tossed in by a sibling domain, is refused.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware import csrf
from django.middleware.csrf import (
    CsrfViewMiddleware,
    InvalidTokenFormat,
    RejectRequest,
    get_token,
    rotate_token,
)
from django.utils.crypto import salted_hmac

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# Absent in old browsers and in programs; "same-site" is a sibling domain, which is not us.
TRUSTED_FETCH_SITES = frozenset({"", "same-origin", "none"})


def csrf_secret(session_token: str) -> str:
    """The CSRF secret of a session: 32 characters, derived, so no database is asked for it."""
    return salted_hmac("dott.identity.csrf", session_token, algorithm="sha256").hexdigest()[:32]


class CsrfMiddleware(CsrfViewMiddleware):
    """Origin, Sec-Fetch-Site and token. Before a session exists the token is bound to its own cookie."""

    def process_request(self, request: HttpRequest) -> Any:
        """The refusal, or None. Nothing is exempt, so no view need be known: a forged request is turned
        away before it opens a transaction or uses up somebody's attempts.

        `_dont_enforce_csrf_checks` is set by Django's test client only.
        """
        if hasattr(request, "api_key_proof"):
            # No cookie takes part, so there is nothing that another site could make a browser send.
            return None
        super().process_request(request)
        if request.method in SAFE_METHODS or getattr(request, "_dont_enforce_csrf_checks", False):
            return None
        try:
            self._check_source(request)
            self._check_token(request)
        except RejectRequest as refusal:
            # The page may hold a token from before its session changed: hand out the right one.
            get_token(request)
            return self._reject(request, refusal.reason)  # type: ignore[attr-defined]
        return None

    def process_view(self, request: HttpRequest, callback: Any, args: Any, kwargs: Any) -> None:
        """Django checks here, and skips what is marked csrf_exempt; ours has been done."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Whenever the session's cookie changes, the token's cookie changes with it."""
        session_cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if session_cookie is not None:
            rotate_token(request)
            if session_cookie.value:
                request.META["CSRF_COOKIE"] = csrf_secret(session_cookie.value)
        return super().process_response(request, response)

    def _get_secret(self, request: HttpRequest) -> str | None:
        token = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if token:
            return csrf_secret(token)
        secret: str | None = super()._get_secret(request)  # type: ignore[misc]
        return secret

    @staticmethod
    def _check_source(request: HttpRequest) -> None:
        check_source(request.META)

    def _check_token(self, request: HttpRequest) -> None:
        try:
            secret = self._get_secret(request)
        except InvalidTokenFormat as error:
            raise RejectRequest(f"CSRF token {error.reason}.") from error
        check_token(request.META, secret)


def check_source(environ: Mapping[str, Any]) -> None:
    """That a request comes from our own pages. Raises RejectRequest."""
    source = environ.get("HTTP_ORIGIN")
    if source is None:
        source = _origin_of(environ.get("HTTP_REFERER", ""))
    if source != settings.PUBLIC_ORIGIN:
        raise RejectRequest(f"Origin or Referer {source!r} is not {settings.PUBLIC_ORIGIN!r}.")
    if environ.get("HTTP_SEC_FETCH_SITE", "") not in TRUSTED_FETCH_SITES:
        raise RejectRequest("Sec-Fetch-Site names another site.")


def check_token(environ: Mapping[str, Any], secret: str | None) -> None:
    """That a request carries the token of a secret. Raises RejectRequest."""
    # Only the header counts. Django would look into the body first, and parse a whole upload to do so.
    token = environ.get("HTTP_X_CSRFTOKEN", "")
    try:
        csrf._check_token_format(token)  # type: ignore[attr-defined]  # not in the stubs
    except InvalidTokenFormat as error:
        raise RejectRequest(f"CSRF token {error.reason}.") from error
    if secret is None or not csrf._does_token_match(token, secret):  # type: ignore[attr-defined]
        raise RejectRequest("The CSRF token is not this session's.")


def _origin_of(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
