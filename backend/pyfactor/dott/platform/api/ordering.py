"""Which orders a list offers, and the total order a request asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, GeneratedField, Model
from django.db.models.expressions import OrderBy

from dott.platform.api.errors import invalid_parameter


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order. `column` is a field of the model's own table."""

    column: str
    descending: bool
    nullable: bool

    def reversed(self) -> "Key":
        """The same column the other way round, NULLs included."""
        return Key(self.column, not self.descending, self.nullable)

    def expression(self) -> OrderBy:
        """ORDER BY term. NULLs lie where PostgreSQL's own default puts them (after every value when
        ascending), so that an ordinary index serves both directions."""
        return F(self.column).desc() if self.descending else F(self.column).asc()


def parse_ordering(text: str, allowed: Mapping[str, str], model: type[Model]) -> list[Key]:
    """The total order for `-created_at,name`: allow-listed names, then the id.

    allowed: public name → column. Raises a 400 problem for an unknown or repeated name.
    """
    keys: list[Key] = []
    for part in text.split(","):
        name = part.removeprefix("-")
        if name not in allowed:
            raise invalid_parameter(
                "ordering",
                "unknown_ordering",
                f"Order by one of {', '.join(allowed)}; “{name}” is none of them.",
            )
        column = allowed[name]
        if any(key.column == column for key in keys):
            raise invalid_parameter("ordering", "repeated_ordering", f"“{name}” is named twice.")
        keys.append(Key(column, part.startswith("-"), _is_nullable(model, column)))
    return with_id(keys)


def with_id(keys: Sequence[Key]) -> list[Key]:
    """The order made total by the id, in the direction of its last key so that one index can serve it."""
    if any(key.column == "id" for key in keys):
        return list(keys)
    return [*keys, Key("id", keys[-1].descending if keys else False, nullable=False)]


def _is_nullable(model: type[Model], column: str) -> bool:
    field = model._meta.get_field(column)
    # Django calls every generated column nullable; its output field says what the expression yields.
    if isinstance(field, GeneratedField) and field.output_field is not None:
        return bool(field.output_field.null)
    return bool(field.null)
