"""The CRM's part of the table of roles: route → method or action → least standing."""

from dott.platform.identity.roles import ADMIN, MEMBER, VIEWER

ROLES = {
    "customer-list": {"GET": VIEWER, "POST": MEMBER},
    "customer-detail": {"GET": VIEWER, "PUT": MEMBER, "PATCH": MEMBER, "DELETE": MEMBER},
    "customer-restore": {"POST": MEMBER},
    "customer-export": {"GET": MEMBER},
    "demo-data": {"GET": VIEWER, "POST": ADMIN, "DELETE": ADMIN},
}
