"""Privacy's part of the table of roles. No API key is taken for any of it: a person answers for what is
erased."""

from dott.platform.identity.roles import ADMIN

ROLES = {
    "privacy-data-map": {"GET": ADMIN},
    "privacy-find": {"POST": ADMIN},
    "privacy-handover": {"POST": ADMIN},
    "privacy-erasure-list": {"GET": ADMIN, "POST": ADMIN},
    "privacy-erasure-detail": {"GET": ADMIN},
    "privacy-retention": {"GET": ADMIN, "PATCH": ADMIN},
    "privacy-inactive": {"GET": ADMIN},
}
