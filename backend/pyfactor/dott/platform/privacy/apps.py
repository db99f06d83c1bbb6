"""Privacy of the people whom a business knows."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    """Stands on history and identity; learns of modules by their data_map.py and by what they register."""

    name = "dott.platform.privacy"
    label = "privacy"

    def ready(self) -> None:
        from dott.platform.api.models import IdempotencyKey
        from dott.platform.history.trash import follow_rule
        from dott.platform.identity import roles
        from dott.platform.privacy.api.permissions import ROLES
        from dott.platform.privacy.parts import delete_rows, hand_over
        from dott.platform.privacy.retention import trash_kept
        from dott.platform.tenancy import visibility

        autodiscover_modules("data_map")
        roles.register(ROLES)
        # The rules bind everybody's writes; their routes, and the certificates, are for admins.
        visibility.register(
            dict.fromkeys(("privacy.erasure", "privacy.retentionrules"), visibility.EVERYONES)
        )
        follow_rule(trash_kept)
        # Answers that are remembered for a day.
        hand_over("api.idempotencykey", delete_rows(IdempotencyKey))
