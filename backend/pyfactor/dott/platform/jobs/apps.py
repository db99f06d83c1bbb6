"""The jobs room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs that belong to a tenant; procrastinate moves them."""

    name = "dott.platform.jobs"
    label = "jobs"
