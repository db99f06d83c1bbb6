"""History's part of the table of roles. What else an undo needs is in access.py."""

from dott.platform.identity.roles import MEMBER, VIEWER

ROLES = {
    "change-list": {"GET": VIEWER},
    "change-detail": {"GET": VIEWER},
    "change-records": {"GET": VIEWER},
    "change-undo": {"POST": MEMBER},
}

# What an API key may be given. Undoing is left out: it writes to any resource, whatever the key was given.
AREAS = {"change-list": "history", "change-detail": "history", "change-records": "history"}
