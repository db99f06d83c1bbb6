"""What no role of the application can do."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connections, transaction

from dott.platform.tenancy.router import MIGRATOR


@pytest.fixture
def age_history(world: Any) -> Callable[..., None]:
    """`age_history(change_set_id, days=31)`: it was made that long ago. The owner of the table does it."""

    def age(change_set_id: UUID, *, days: int) -> None:
        with transaction.atomic(using=MIGRATOR), connections[MIGRATOR].cursor() as cursor:
            cursor.execute("ALTER TABLE history_change_set NO FORCE ROW LEVEL SECURITY")
            cursor.execute(
                "UPDATE history_change_set SET created_at = created_at - make_interval(days => %s)"
                " WHERE id = %s",
                [days, change_set_id],
            )
            cursor.execute("ALTER TABLE history_change_set FORCE ROW LEVEL SECURITY")

    return age
