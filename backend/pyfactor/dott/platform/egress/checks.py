"""`manage.py check --deploy`: no hole for tests is open where customers are."""

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def egress_is_closed(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """egress.E001 for addresses that are excepted, egress.W001 for unencrypted calls."""
    found: list[checks.CheckMessage] = []
    if settings.EGRESS_EXCEPTIONS:
        found.append(
            checks.Error(
                "DOTT_EGRESS_EXCEPTIONS lets every business call addresses that are not public.",
                hint="It is for tests and development. Unset it.",
                id="egress.E001",
            )
        )
    if settings.EGRESS_ALLOWS_HTTP:
        found.append(checks.Warning("DOTT_EGRESS_ALLOW_HTTP sends webhooks unencrypted.", id="egress.W001"))
    return found
