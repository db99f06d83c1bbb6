"""The CRM's part of the table of roles: route → method or action → least standing."""

from dott.platform.identity.roles import ADMIN, MEMBER, VIEWER

ROLES = {
    "customer-list": {"GET": VIEWER, "POST": MEMBER},
    "customer-detail": {"GET": VIEWER, "PUT": MEMBER, "PATCH": MEMBER, "DELETE": MEMBER},
    "customer-restore": {"POST": MEMBER},
    "customer-bulk": {"POST": MEMBER},
    "customer-export": {"GET": MEMBER},
    "activity-list": {"GET": VIEWER, "POST": MEMBER},
    "activity-detail": {"GET": VIEWER, "PUT": MEMBER, "PATCH": MEMBER, "DELETE": MEMBER},
    "activity-restore": {"POST": MEMBER},
    "activity-complete": {"POST": MEMBER},
    "activity-reopen": {"POST": MEMBER},
    "activity-tasks": {"GET": VIEWER},
    "saved-view-list": {"GET": VIEWER, "POST": MEMBER},
    "saved-view-detail": {"GET": VIEWER, "PUT": MEMBER, "PATCH": MEMBER, "DELETE": MEMBER},
    "import-list": {"GET": VIEWER, "POST": MEMBER},
    "import-detail": {"GET": VIEWER, "PATCH": MEMBER},
    "import-validate": {"POST": MEMBER},
    "import-apply": {"POST": MEMBER},
    "import-revert": {"POST": MEMBER},
    "import-errors": {"GET": MEMBER},
    "import-row-list": {"GET": VIEWER},
    "import-row-detail": {"PATCH": MEMBER},
    "search": {"GET": VIEWER},
    "demo-data": {"GET": VIEWER, "POST": ADMIN, "DELETE": ADMIN},
}
