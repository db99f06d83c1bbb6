"""Browsers that a person has signed in with before, so that a sign-in from another one can be told to her.

A browser keeps a signed list of marks, one for each of its people; nothing of it is stored on our side, and
a mark says nothing without the secret key.
"""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

LASTS_S = 365 * 24 * 3600
# A family's computer.
PEOPLE = 5

_signer = TimestampSigner(salt="dott.identity.device")


def cookie_name() -> str:
    """`__Host-` keeps sibling domains from setting it; browsers take that name over HTTPS only."""
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def is_known(request: HttpRequest, user_id: UUID) -> bool:
    """Whether this person has signed in here before."""
    return _mark(user_id) in _marks(request)


def remember(request: HttpRequest, response: HttpResponse, user_id: UUID) -> None:
    """Mark the browser as one of this person's."""
    mark = _mark(user_id)
    marks = [mark, *(each for each in _marks(request) if each != mark)][:PEOPLE]
    response.set_cookie(
        cookie_name(),
        _signer.sign(".".join(marks)),
        max_age=LASTS_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _marks(request: HttpRequest) -> list[str]:
    try:
        return _signer.unsign(request.COOKIES.get(cookie_name(), ""), max_age=LASTS_S).split(".")
    except BadSignature:
        return []


def _mark(user_id: UUID) -> str:
    return salted_hmac("dott.identity.device", str(user_id), algorithm="sha256").hexdigest()[:32]
