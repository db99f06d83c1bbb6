"""History's part of the table of roles. What else an undo needs is in access.py."""

from dott.platform.identity.roles import MEMBER, VIEWER

ROLES = {
    "change-list": {"GET": VIEWER},
    "change-detail": {"GET": VIEWER},
    "change-records": {"GET": VIEWER},
    "change-undo": {"POST": MEMBER},
}
