"""Fields that a business has made for itself: names that no resource declares, known by reading them.

A filter set names them as `own_fields`. They are read only when a filter or an order names one, which is
recognised by PREFIX, so that nobody else pays for them.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Expression

from dott.platform.api.filtering.fields import FilterField
from dott.platform.api.memory import Memory, Premise
from dott.platform.tenancy.context import current
from dott.platform.tenancy.direct import Query, execute

PREFIX = "custom."


class Own(NamedTuple):
    """What a list can be narrowed and sorted by: name → field, name → expression without parameters."""

    filters: Mapping[str, FilterField]
    orders: Mapping[str, Expression]


class OwnFields:
    """The own fields of one resource.

    sql: with one %s for the tenant; gives one row with one text. understand: makes of that text what can be
    asked for; called often, so it had better remember.
    """

    def __init__(self, sql: str, understand: Callable[[str], Own]) -> None:
        self.sql, self.understand = sql, understand
        self._memory: Memory[str] = Memory()

    def query(self) -> Query:
        """What asks for them."""
        return Query(self.sql, [current().tenant_id])

    def read_text(self) -> str:
        """The definitions of the active business; one round trip, unless they were asked for ahead."""
        context = current()
        (((text,),),) = execute(context.alias, self.query())
        self._memory.put(context.tenant_id, text)
        return str(text)

    def read(self) -> Own:
        """What can be asked for in the active business; one round trip."""
        return self.understand(self.read_text())

    def premise(self) -> Premise | None:
        """What was read last, to be asked about again; None when nothing was read lately."""
        text = self._memory.get(current().tenant_id)
        return None if text is None else Premise(self.sql, (text,), self._learn)

    def _learn(self, tenant_id: UUID, row: tuple[Any, ...]) -> None:
        self._memory.put(tenant_id, row[0])
