"""Taking a business along."""

from django.apps import AppConfig


class PortabilityConfig(AppConfig):
    """Knows no module: what there is to take follows from the registry of models."""

    name = "dott.platform.portability"
    label = "portability"
