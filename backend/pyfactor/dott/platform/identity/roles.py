"""The one table of who may do what: route name → method or action → the least standing that suffices.

A standing is a role, or one of the two below every role: `anyone` (no session needed) and `signed_in`
(a session, with or without a business). Modules add their routes with `register` when their app is
ready; a route without an entry is refused, and fails `manage.py check`.
"""

import re
from collections.abc import Mapping

STANDINGS = ("anyone", "signed_in", "viewer", "member", "admin", "owner")
ANYONE, SIGNED_IN, VIEWER, MEMBER, ADMIN, OWNER = STANDINGS

_HISTORY = re.compile("-history$")

_table: dict[str, Mapping[str, str]] = {}


def register(routes: Mapping[str, Mapping[str, str]]) -> None:
    """Add routes, such as {"customer-list": {"GET": "viewer", "POST": "member"}}.

    Route names carry their URL namespace; keys are HTTP methods or viewset actions, an action winning
    over its method. Raises ValueError for an unknown standing or a route that already has an entry.
    """
    for route, rules in routes.items():
        unknown = set(rules.values()) - set(STANDINGS)
        if unknown:
            raise ValueError(f"{route}: no such standing: {', '.join(sorted(unknown))}")
        if _table.get(route, rules) != rules:
            raise ValueError(f"{route} already has an entry in the table of roles")
        _table[route] = dict(rules)


def minimum(route: str, method: str, action: str | None = None) -> str | None:
    """The least standing for a request, or None where the table has no entry.

    A record's history takes what the record itself takes, so its route needs no entry.
    """
    rules = _table.get(route) or _table.get(_HISTORY.sub("-detail", route), {})
    if action is not None and action in rules:
        return rules[action]
    return rules.get("GET" if method in {"HEAD", "OPTIONS"} else method)


def suffices(role: str, least: str) -> bool:
    """Whether a member with this role may do what `least` may."""
    return STANDINGS.index(role) >= STANDINGS.index(least)


def table() -> Mapping[str, Mapping[str, str]]:
    """The whole table, for the documentation page and the tests that walk every route."""
    return dict(_table)


register(
    {
        # The platform's own pages.
        "health-live": {"GET": ANYONE},
        "health-ready": {"GET": ANYONE},
        "schema": {"GET": ANYONE},
        "docs": {"GET": ANYONE},
        "redoc": {"GET": ANYONE},
        "isolation": {"GET": ADMIN},
        # Sign-in: whoever is not yet anybody.
        "csrf": {"GET": ANYONE},
        "sign-up": {"POST": ANYONE},
        "sign-in": {"POST": ANYONE},
        "verify-email": {"POST": ANYONE},
        "resend-verification": {"POST": ANYONE},
        "request-password-reset": {"POST": ANYONE},
        "reset-password": {"POST": ANYONE},
        "auth-session": {"GET": ANYONE, "DELETE": ANYONE},
        "second-step-code": {"POST": ANYONE},
        "second-step-passkey-begin": {"POST": ANYONE},
        "second-step-passkey": {"POST": ANYONE},
        "passkey-sign-in-begin": {"POST": ANYONE},
        "passkey-sign-in": {"POST": ANYONE},
        # A person and her sessions, whatever the business.
        "change-password": {"POST": SIGNED_IN},
        "me": {"GET": SIGNED_IN, "PATCH": SIGNED_IN},
        "session-list": {"GET": SIGNED_IN},
        "session-detail": {"DELETE": SIGNED_IN},
        "session-revoke-others": {"POST": SIGNED_IN},
        "factor-list": {"GET": SIGNED_IN},
        "factor-totp-begin": {"POST": SIGNED_IN},
        "factor-totp": {"POST": SIGNED_IN, "DELETE": SIGNED_IN},
        "factor-recovery-codes": {"POST": SIGNED_IN},
        "factor-passkey-begin": {"POST": SIGNED_IN},
        "factor-passkey-list": {"POST": SIGNED_IN},
        "factor-passkey-detail": {"PATCH": SIGNED_IN, "DELETE": SIGNED_IN},
        "step-up": {"GET": SIGNED_IN},
        "step-up-password": {"POST": SIGNED_IN},
        "step-up-code": {"POST": SIGNED_IN},
        "step-up-passkey-begin": {"POST": SIGNED_IN},
        "step-up-passkey": {"POST": SIGNED_IN},
        "tenant-list": {"GET": SIGNED_IN, "POST": SIGNED_IN},
        "tenant-switch": {"POST": SIGNED_IN},
        "membership-leave": {"POST": SIGNED_IN},
        # The business the session is in.
        "tenant-current": {"GET": VIEWER, "PATCH": ADMIN},
        "tenant-security": {"GET": ADMIN, "PATCH": OWNER},
        "tenant-scopes": {"GET": VIEWER, "PATCH": ADMIN},
        "team-list": {"GET": VIEWER, "POST": ADMIN},
        "team-detail": {"PATCH": ADMIN, "DELETE": ADMIN},
        "privacy-pass": {"POST": ADMIN},
        "member-list": {"GET": VIEWER},
        "member-detail": {"PATCH": ADMIN},
        "invitation-list": {"GET": ADMIN, "POST": ADMIN},
        "invitation-detail": {"DELETE": ADMIN},
        # One's own; admins have all (actions/api_keys.py). Whoever may no longer make one may still end one.
        "api-key-list": {"GET": VIEWER, "POST": MEMBER},
        "api-key-detail": {"DELETE": SIGNED_IN},
        # The invited person, who is of no business yet.
        "invitation-look": {"POST": ANYONE},
        "invitation-accept": {"POST": SIGNED_IN},
    }
)
