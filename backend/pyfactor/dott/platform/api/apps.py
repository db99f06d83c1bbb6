"""Django app of the API platform."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Errors, lists, conditional requests, idempotency, limits and the schema."""

    name = "dott.platform.api"
    label = "api"

    def ready(self) -> None:
        from dott.platform.api.logs import configure_logging
        from dott.platform.tenancy import visibility

        configure_logging()
        # Found by the member and the key that she sent, by nobody else.
        visibility.register({"api.idempotencykey": visibility.EVERYONES})
