"""Webhooks' part of the table of roles. No API key is taken: a key that was lost must not open a second way
out, nor read the addresses, which may hold somebody else's secrets."""

from dott.platform.identity.roles import ADMIN

ROLES = {
    "webhook-endpoint-list": {"GET": ADMIN, "POST": ADMIN},
    "webhook-endpoint-detail": {"GET": ADMIN, "PUT": ADMIN, "PATCH": ADMIN, "DELETE": ADMIN},
    "webhook-endpoint-rotate-secret": {"POST": ADMIN},
    "webhook-endpoint-send-test": {"POST": ADMIN},
    "webhook-endpoint-replay-failed": {"POST": ADMIN},
    "webhook-delivery-list": {"GET": ADMIN},
    "webhook-delivery-detail": {"GET": ADMIN},
    "webhook-delivery-replay": {"POST": ADMIN},
    "webhook-event-types": {"GET": ADMIN},
}
