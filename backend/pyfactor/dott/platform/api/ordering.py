"""Which orders a list offers, and the total order a request asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import Expression, F, Field, GeneratedField, Model, Q
from django.db.models.expressions import OrderBy

from dott.platform.api.errors import invalid_parameter
from dott.platform.api.filtering.lookups import lookup_on
from dott.platform.api.own_fields import PREFIX


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order. `column` is a field of the model's own table, or the name under which a page
    selects `source`, an expression on it."""

    column: str
    descending: bool
    nullable: bool
    source: Expression | None = None

    def reversed(self) -> "Key":
        """The same column the other way round, NULLs included."""
        return replace(self, descending=not self.descending)

    def expression(self) -> OrderBy:
        """ORDER BY term. NULLs lie where PostgreSQL's own default puts them (after every value when
        ascending), so that an ordinary index serves both directions."""
        column = self.source or F(self.column)
        return column.desc() if self.descending else column.asc()

    def field(self, model: type[Model]) -> "Field[Any, Any]":
        """What reads a value of it."""
        if self.source is not None:
            return self.source.output_field
        return cast("Field[Any, Any]", model._meta.get_field(self.column))

    def compared(self, lookup: str, value: Any) -> Q:
        """The condition on it."""
        if self.source is None:
            return Q(**{f"{self.column}__{lookup}": value})
        return Q(lookup_on(self.source, lookup, value))


def parse_ordering(
    text: str,
    allowed: Mapping[str, str],
    model: type[Model],
    own: Callable[[], Mapping[str, Expression]] | None = None,
) -> list[Key]:
    """The total order for `-created_at,name`: allow-listed names, then the id.

    allowed: public name → column. own: reads the orders by the business's own fields, and is only asked when
    one is named. Raises a 400 problem for an unknown or repeated name.
    """
    keys: list[Key] = []
    for part in text.split(","):
        name = part.removeprefix("-")
        key = _own_key(part, name, own)
        if key is None and name not in allowed:
            raise invalid_parameter(
                "ordering",
                "unknown_ordering",
                f"Order by one of {', '.join(allowed)}; “{name}” is none of them.",
            )
        if key is None:
            column = allowed[name]
            key = Key(column, part.startswith("-"), _is_nullable(model, column))
        if any(other.column == key.column for other in keys):
            raise invalid_parameter("ordering", "repeated_ordering", f"“{name}” is named twice.")
        keys.append(key)
    return with_id(keys)


def with_id(keys: Sequence[Key]) -> list[Key]:
    """The order made total by the id, in the direction of its last key so that one index can serve it."""
    if any(key.column == "id" for key in keys):
        return list(keys)
    return [*keys, Key("id", keys[-1].descending if keys else False, nullable=False)]


def _own_key(part: str, name: str, own: Callable[[], Mapping[str, Expression]] | None) -> Key | None:
    if own is None or not name.startswith(PREFIX):
        return None
    source = own().get(name)
    if source is None:
        return None
    # A name of its own in the SELECT: no column begins so.
    column = f"order_{name.removeprefix(PREFIX)}"
    return Key(column, part.startswith("-"), nullable=True, source=source)


def _is_nullable(model: type[Model], column: str) -> bool:
    field = model._meta.get_field(column)
    # Django calls every generated column nullable; its output field says what the expression yields.
    if isinstance(field, GeneratedField) and field.output_field is not None:
        return bool(field.output_field.null)
    return bool(field.null)
