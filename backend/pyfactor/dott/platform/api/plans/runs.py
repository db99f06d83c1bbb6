"""Which filtered pages lie in one run of an index, already in their order.

For such a page PostgreSQL has nothing to choose, so its statement is planned once for all values. Any other
filter is planned for its own: few rows or most of a business may meet it, and the two are read differently.
"""

from collections.abc import Sequence

from django.db.models import Model, Q
from django.db.models.constants import LOOKUP_SEP

from dott.platform.api.ordering import Key

_IN_USE = Q(deleted_at__isnull=True)


class Runs:
    """The indexes of one model whose rows in use are in the order of columns behind a first one."""

    def __init__(self, model: type[Model]) -> None:
        self.found = {
            tuple(name for name, _ in index.fields_orders)
            for index in model._meta.indexes
            if index.condition == _IN_USE and not any(suffix for _, suffix in index.fields_orders)
        }

    @property
    def first(self) -> set[str]:
        """The columns that may have to equal a value."""
        return {names[0] for names in self.found}

    def hold(self, conditions: Sequence[Q], keys: Sequence[Key]) -> bool:
        """Whether the rows are those of one value of one column, and the order is the one behind it."""
        if (
            len(conditions) != 1
            or len({key.descending for key in keys}) != 1
            or any(key.source for key in keys)
        ):
            return False
        name = _compared(conditions[0])
        return name is not None and (name, *(key.column for key in keys)) in self.found


def _compared(condition: Q) -> str | None:
    """The column that has to equal a value, when that is all."""
    if condition.negated or len(condition.children) != 1:
        return None
    (child,) = condition.children
    if isinstance(child, Q):
        return _compared(child)
    if not isinstance(child, tuple) or child[1] is None:
        return None
    name, _, lookup = child[0].partition(LOOKUP_SEP)
    return name if lookup in ("", "exact") else None
