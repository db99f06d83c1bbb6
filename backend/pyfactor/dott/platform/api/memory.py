"""What a process remembers of each tenant. Only for who asks the database whether it still holds."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

REMEMBERED = 10_000

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Tenant → a value when it was last read; the most recent ones, shared by the threads of a process."""

    def __init__(self) -> None:
        self._known: OrderedDict[UUID, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tenant_id: UUID) -> Value | None:
        """What it was, None when it was not read lately."""
        return self._known.get(tenant_id)

    def put(self, tenant_id: UUID, value: Value) -> None:
        """Remember what was read."""
        with self._lock:
            self._known[tenant_id] = value
            self._known.move_to_end(tenant_id)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)


class Premise(NamedTuple):
    """Something remembered on which an answer rests.

    sql: asks for it, with one %s for the tenant, and gives one row. expected: that row. learn: remembers
    another row for a tenant.
    """

    sql: str
    expected: tuple[Any, ...]
    learn: Callable[[UUID, tuple[Any, ...]], None]
