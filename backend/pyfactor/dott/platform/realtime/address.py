"""Connections of their own for sending and hearing NOTIFY; neither is borrowed from Django's pool."""

from typing import Any

from django.db import connections

from dott.platform.tenancy.router import APP, AUTH, MIGRATOR, WORKER

# What belongs to Django's own cursors. A side connection needs no adapters: it sends one kind of statement.
_DJANGO_ONLY = frozenset({"cursor_factory", "context"})


def connection_parameters() -> dict[str, Any]:
    """What psycopg connects with, as the first role that this process was given.

    Which one does not matter: NOTIFY needs no privilege, and no table is read.
    """
    given = [alias for alias in (APP, WORKER, AUTH, MIGRATOR) if alias in connections]
    alias = next(alias for alias in given if connections[alias].settings_dict["NAME"])
    parameters: dict[str, Any] = connections[alias].get_connection_params()
    kept = {name: value for name, value in parameters.items() if name not in _DJANGO_ONLY}
    return kept | {"autocommit": True, "connect_timeout": 5, "application_name": "dott-realtime"}
