"""The jobs room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs that belong to a tenant; procrastinate moves them."""

    name = "dott.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        from dott.platform.tenancy import visibility

        # No endpoint shows a job as such; what shows its state (an import) has a line of its own.
        visibility.register({"jobs.job": visibility.EVERYONES})
