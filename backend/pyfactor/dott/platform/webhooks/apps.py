"""Django app of webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Stands on history, jobs and egress; modules offer it their events."""

    name = "dott.platform.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from dott.platform.history.entities import follow_undo
        from dott.platform.identity import roles
        from dott.platform.webhooks import announce, deliver, dispatch, notice  # noqa: F401  (register job bodies)
        from dott.platform.webhooks.api.permissions import ROLES
        from dott.platform.webhooks.endpoints import switch_off_what_came_back

        roles.register(ROLES)
        follow_undo("webhooks.endpoint", switch_off_what_came_back)
        announce.begin()
