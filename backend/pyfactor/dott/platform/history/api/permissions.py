"""History's part of the table of roles. What else an undo needs is in access.py."""

from dott.platform.identity.roles import ADMIN, MEMBER, VIEWER

ROLES = {
    "change-list": {"GET": VIEWER},
    "change-export": {"GET": ADMIN},
    "change-detail": {"GET": VIEWER},
    "change-records": {"GET": VIEWER},
    "change-undo": {"POST": MEMBER},
}

# What an API key may be given. Undoing is left out: it writes to any resource, whatever the key was given.
AREAS = dict.fromkeys(("change-list", "change-detail", "change-records", "change-export"), "history")
