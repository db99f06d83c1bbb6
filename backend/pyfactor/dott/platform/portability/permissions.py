"""What each role may do here: all of a business is its owners' to take along, and nobody else's."""

from dott.platform.identity.roles import OWNER, register

register(
    {
        "business-export-list": {"GET": OWNER, "POST": OWNER},
        "business-export-detail": {"GET": OWNER},
        "business-export-download": {"GET": OWNER},
    }
)
