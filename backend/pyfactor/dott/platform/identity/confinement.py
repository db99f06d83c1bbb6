"""What a session may do that a business's single sign-on made: what is the business's, and nothing else.

Whoever runs a business runs its provider, too, and the provider says who is there. So such a session is no
session of the person's own. Routes that ask for a role are the business's, and are open to it; routes that
only ask for a signed-in person are hers, and shut, save for those named here. The other businesses are shut
to it by app.enter and `may_enter`.
"""

from typing import cast

from rest_framework.request import Request

from dott.platform.api.errors import ProblemError
from dott.platform.identity.sessions import SessionStore

# Each of them answers such a session of the one business only.
OPEN: dict[str, frozenset[str]] = {
    "me": frozenset({"GET", "PATCH"}),
    "step-up": frozenset({"GET"}),
    "tenant-list": frozenset({"GET"}),
    "membership-leave": frozenset({"POST"}),
    "api-key-detail": frozenset({"DELETE"}),
}
# Of the person's own fields, those that change nothing for anybody else.
OWN_FIELDS = frozenset({"language", "timezone"})


class Confined(ProblemError):
    """403: the session is a business's, and this is the person's own."""

    def __init__(self) -> None:
        super().__init__(
            403,
            "confined_session",
            "You came by a business's single sign-on. Sign in with your own password or passkey to do this.",
        )


def refuse_confined(request: Request) -> None:
    """Raise Confined in a session of single sign-on on a route that is not in OPEN."""
    session = getattr(request, "session", None)
    if session is None or not cast(SessionStore, session).confined_to:
        return
    match = request.resolver_match
    method = "GET" if request.method in {"HEAD", "OPTIONS"} else str(request.method)
    if method not in OPEN.get(match.view_name if match else "", ()):
        raise Confined
