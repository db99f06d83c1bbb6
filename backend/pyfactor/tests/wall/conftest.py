"""A database to make holes in."""

from collections.abc import Iterator

import pytest
from django.db import connections

from dott.platform.realtime.publisher import publisher
from dott.platform.tenancy.router import APP, MIGRATOR, WORKER
from tests.world import World

SCRATCH = (APP, WORKER, MIGRATOR)


@pytest.fixture
def restored_database(world: World) -> Iterator[None]:
    """Plant inside a scratch clone, so that undoing is dropping it."""
    migrator = connections[MIGRATOR]
    original = migrator.settings_dict["NAME"]
    scratch = f"{original}_planted"
    publisher.close()
    for alias in (APP, "auth", WORKER, MIGRATOR):
        connections[alias].close()
        connections[alias].close_pool()
    with migrator._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{scratch}"')
        cursor.execute(f'CREATE DATABASE "{scratch}" TEMPLATE "{original}" STRATEGY file_copy')
        cursor.execute(f'REVOKE ALL ON DATABASE "{scratch}" FROM PUBLIC')
        cursor.execute(f'GRANT CONNECT ON DATABASE "{scratch}" TO dott_app, dott_worker')
    for alias in SCRATCH:
        connections[alias].settings_dict["NAME"] = scratch
    yield
    for alias in SCRATCH:
        connections[alias].close()
        connections[alias].close_pool()
        connections[alias].settings_dict["NAME"] = original
    with migrator._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{scratch}"')
