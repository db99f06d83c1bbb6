"""Default deny: a request reaches a view only inside a proven tenant transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from dott.platform.tenancy import one_trip, transactions
from dott.platform.tenancy.context import Context

# RFC 6750: whoever comes with a bearer token is told so in the words of bearer tokens.
KEY_CHALLENGE = 'Bearer realm="Dott", error="invalid_token"'
_KEY_REFUSALS = {
    "unknown": ("unknown_api_key", "There is no such API key."),
    "expired": ("api_key_expired", "This API key has expired. Make a new one in the settings."),
    "revoked": ("api_key_revoked", "This API key was revoked. Make a new one in the settings."),
}

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class TenantMiddleware:
    """Opens `tenancy.session()` around every path that is not explicitly free of tenants.

    The response is rendered inside the transaction; status ≥ 400 rolls it back. A streaming response
    would run its generator after COMMIT, so it must say that it opens its own context.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 401 without a live session or key and 403 without a membership, else call the view."""
        if request.path.startswith(settings.TENANT_FREE_PREFIXES):
            return self.get_response(request)
        if (proof := getattr(request, "api_key_proof", None)) is not None:
            return self._with_key(request, proof)
        return self._with_session(request)

    def _with_session(self, request: HttpRequest) -> HttpResponseBase:
        token = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if not token:
            return _problem(401, "not_authenticated", "Sign in to continue.")
        try:
            with transactions.session(sha256(token.encode()).digest()) as context:
                request.tenant_context = context  # type: ignore[attr-defined]  # our own addition
                return self._respond(request, context.alias)
        except transactions.SessionRefused:
            # The cookie stays: it may belong to a sign-up that waits for its code, and by the time this
            # answer arrives the browser may hold the next token.
            return _problem(401, "session_expired", "Your session has ended. Sign in again.")
        except transactions.SecondFactorRefused:
            return _problem(403, "second_factor_required", "This business asks you for a second factor.")
        except transactions.SingleSignOnRefused:
            return _problem(
                403, "single_sign_on_required", "This business asks you to use its single sign-on."
            )
        except transactions.MembershipRefused:
            return _problem(403, "no_membership", "You are no active member of this business.")

    def _with_key(self, request: HttpRequest, proof: bytes) -> HttpResponseBase:
        try:
            with transactions.api_key(proof) as context:
                one_trip.remember_key(proof, context)
                request.tenant_context = context  # type: ignore[attr-defined]  # our own addition
                return self._respond(request, context.alias)
        except transactions.KeyRefused as refusal:
            response = _problem(401, *_KEY_REFUSALS[refusal.reason])
            response.headers["WWW-Authenticate"] = KEY_CHALLENGE
            return response
        except transactions.SecondFactorRefused:
            return _problem(
                403,
                "second_factor_required",
                "This business takes no key that was made without a second factor.",
            )
        except transactions.SingleSignOnRefused:
            return _problem(
                403,
                "single_sign_on_required",
                "This business takes no key that was made outside its single sign-on.",
            )
        except transactions.MembershipRefused:
            return _problem(
                403,
                "no_membership",
                "Whoever made this API key is no active member of the business any more.",
            )

    def _respond(self, request: HttpRequest, alias: str) -> HttpResponseBase:
        response = self.get_response(request)
        if response.streaming and not getattr(response, "opens_own_context", False):
            raise RuntimeError("A streaming response must open its own tenant context.")
        if hasattr(response, "render") and callable(response.render):
            response.render()
        if response.status_code >= 400:
            transaction.set_rollback(True, using=alias)
        response.headers["Cache-Control"] = "private, no-store"
        return response


@contextmanager
def entered_again(request: Any) -> Iterator[Context]:
    """A transaction of the same member in the same business, for what is made while it is sent.

    request: one that had a tenant. Raises what transactions.session() raises when she may no longer, and
    MembershipRefused also when she may do other things by now than when she asked.
    """
    before: Context = request.tenant_context
    if (proof := getattr(request, "api_key_proof", None)) is not None:
        entered = transactions.api_key(proof)
    else:
        token = request.COOKIES[settings.SESSION_COOKIE_NAME]
        entered = transactions.session(sha256(token.encode()).digest(), before.tenant_id)
    with entered as context:
        if context != before:
            raise transactions.MembershipRefused
        yield context


def _problem(status: int, code: str, detail: str) -> HttpResponse:
    """A minimal RFC 9457 body; the API's outer middleware completes it."""
    titles = {401: "Unauthorized", 403: "Forbidden"}
    body = {"type": "about:blank", "title": titles[status], "status": status, "code": code, "detail": detail}
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "private, no-store"
    return response
