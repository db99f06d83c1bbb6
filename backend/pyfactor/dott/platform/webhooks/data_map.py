"""What webhooks hold of anybody (privacy/held.py).

Messages say which record changed, and nothing of what it holds.
"""

from dott.platform.privacy.held import MONTH, RECEIVERS, REMOVED, SECURITY, WITH_PARENT, WORK, holds

holds(
    "webhooks.endpoint",
    called="Webhooks",
    why=WORK,
    kept=REMOVED,
    goes=("taken",),
    text="description",
    none="url events is_enabled disabled_reason failures failing_since",
)
holds(
    "webhooks.endpointsecret",
    called="Secrets of webhooks",
    why=SECURITY,
    kept=WITH_PARENT,
    secret="sealed",  # noqa: S106  (a column's name)
    none="endpoint expires_at",
)
holds(
    "webhooks.delivery",
    called="Messages to webhooks",
    why=WORK,
    kept=MONTH,
    goes=(RECEIVERS,),
    text="body",
    about="change_set event_type",
    none="endpoint state tries attempts last_status last_error last_duration_ms last_attempt_at"
    " next_attempt_at leased_until",
)
