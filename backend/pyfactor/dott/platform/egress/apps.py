"""The room that calls others."""

from django.apps import AppConfig


class EgressConfig(AppConfig):
    """Stands on nothing and has no tables."""

    name = "dott.platform.egress"
    label = "egress"

    def ready(self) -> None:
        from dott.platform.egress import checks  # noqa: F401  (registers itself)
