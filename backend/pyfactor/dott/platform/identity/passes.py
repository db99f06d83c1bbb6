"""Passes: how a route beyond the login role learns that a session was proved lately (fresh.py).

A pass is signed, bound to the session, its member and the business, and dies when the session's proof would.
"""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from dott.platform.api.errors import ProblemError
from dott.platform.identity.fresh import FRESH_FOR
from dott.platform.tenancy.context import current

_SALT = "dott.privacy.pass"
MAX_LENGTH = 600


class PassRefused(ProblemError):
    """403: no pass, somebody else's, or one that has run out. Ask for another one, then try again."""

    def __init__(self) -> None:
        super().__init__(403, "pass_required", "Confirm that it is you, then try again.")


def issue(request: HttpRequest, *, tenant_id: object, user_id: object, proved_at: datetime) -> str:
    """A pass for the request's session, which was proved at that time."""
    return signing.dumps(
        {
            "session": _session_of(request),
            "tenant": str(tenant_id),
            "user": str(user_id),
            "proved_at": proved_at.isoformat(),
        },
        salt=_SALT,
    )


def require(request: HttpRequest, given: str) -> None:
    """Raises PassRefused unless the pass is this session's, in the active business, and still good."""
    try:
        said = signing.loads(given, salt=_SALT)
    except signing.BadSignature:
        raise PassRefused from None
    context = current()
    own = {
        "session": _session_of(request),
        "tenant": str(context.tenant_id),
        "user": str(context.user_id),
    }
    is_fresh = timezone.now() - datetime.fromisoformat(said.pop("proved_at")) < FRESH_FOR
    if said != own or not is_fresh:
        raise PassRefused


def _session_of(request: HttpRequest) -> str:
    return sha256(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "").encode()).hexdigest()
