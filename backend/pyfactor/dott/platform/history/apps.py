"""History of every record, written in the transaction that changes it."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """Stands on the wall; knows no module."""

    name = "dott.platform.history"
    label = "history"

    def ready(self) -> None:
        from dott.platform.history import chain, purge  # noqa: F401  (register the bodies of their jobs)
        from dott.platform.history.api.permissions import AREAS, ROLES
        from dott.platform.history.visibility import VISIBILITY
        from dott.platform.identity import roles, scopes
        from dott.platform.tenancy import visibility

        roles.register(ROLES)
        visibility.register(VISIBILITY)
        scopes.register(AREAS, read_only=AREAS.values())
