"""What the API platform holds of anybody (privacy/held.py)."""

from dott.platform.privacy.held import DAY, OPERATION, SECURITY, holds

holds(
    "api.idempotencykey",
    called="Answers kept in case a request comes twice",
    why=OPERATION,
    kept=DAY,
    text="body",
    staff="membership_id",
    none="route key fingerprint status headers",
)
# Addresses and e-mails are hashed before they come here.
holds(
    "api.ratelimit",
    called="Counts of requests",
    why=SECURITY,
    kept=DAY,
    none="scope key hits window_started_at",
)
