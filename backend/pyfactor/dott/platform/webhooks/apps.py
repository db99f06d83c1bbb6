"""Django app of webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Stands on history, jobs and egress; modules offer it their events."""

    name = "dott.platform.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from dott.platform.identity import roles
        from dott.platform.tenancy import visibility
        from dott.platform.webhooks import announce, deliver, dispatch, notice  # noqa: F401  (register job bodies)
        from dott.platform.webhooks.api.permissions import ROLES

        roles.register(ROLES)
        # Their routes are for admins, who see everything.
        visibility.register(
            dict.fromkeys(
                ("webhooks.endpoint", "webhooks.endpointsecret", "webhooks.delivery"), visibility.EVERYONES
            )
        )
        announce.begin()
