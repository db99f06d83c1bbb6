"""Taking a business along."""

from django.apps import AppConfig


class PortabilityConfig(AppConfig):
    """Knows no module: what there is to take follows from the registry of models."""

    name = "dott.platform.portability"
    label = "portability"

    def ready(self) -> None:
        from dott.platform.portability import exports, notice, permissions, purge  # noqa: F401  (register)
        from dott.platform.privacy.parts import goes_whole
        from dott.platform.tenancy import visibility

        # Its routes are for owners, who see everything.
        visibility.register({"portability.businessexport": visibility.EVERYONES})
        goes_whole("portability.businessexport", purge.forget_everything)
