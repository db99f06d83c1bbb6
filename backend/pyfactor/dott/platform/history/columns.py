"""A model's columns as history's SQL needs them: the types of its JSON values, and what an empty one is."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import DecimalField, Field, Model

from dott.platform.history.snapshot import NO_EMPTY, empty_of, kept_fields
from dott.platform.tenancy.context import current

_EMPTY_LITERALS = {"": "''", "False": "false", "[]": "'{}'", "{}": "'{}'"}


@dataclass(frozen=True, slots=True)
class Column:
    """One field. key: its name as a quoted SQL literal; name: the same as a quoted identifier, which is
    how a typed history value is called; column: its column in the table; type: for jsonb_to_record."""

    key: str
    name: str
    column: str
    type: str
    empty: str | None
    is_decimal: bool

    @classmethod
    def of(cls, field: "Field[Any, Any]") -> "Column":
        """The column of a stored field."""
        connection = connections[current().alias]
        quote = connection.ops.quote_name
        kind = str(field.db_type(connection))
        empty = empty_of(field)
        return cls(
            key=f"'{field.name}'",
            name=quote(field.name),
            column=quote(str(field.column)),
            # A value that has become too long is for the column to refuse, not for its comparison.
            type="text" if kind.startswith("varchar") and not kind.endswith("]") else kind,
            empty=None if empty is None or empty is NO_EMPTY else _EMPTY_LITERALS[str(empty)],
            is_decimal=isinstance(field, DecimalField),
        )

    def typed(self, alias: str) -> str:
        """The value of a jsonb_to_record row; what is absent is empty."""
        return (
            f"{alias}.{self.name}" if self.empty is None else f"coalesce({alias}.{self.name}, {self.empty})"
        )

    def as_json(self, table: str = "c") -> str:
        """The column as history keeps it: decimals as text, so that none of their digits is lost."""
        cast = "::text" if self.is_decimal else ""
        return f"to_jsonb({table}.{self.column}{cast})"

    def holds_something(self, table: str = "c") -> str:
        """Whether the column is not empty."""
        other = "NULL" if self.empty is None else self.empty
        return f"{table}.{self.column} IS DISTINCT FROM {other}"


def columns(model: type[Model], names: Collection[str] | None = None) -> list[Column]:
    """The columns that history keeps, or those of them that are named. A field that the model has no
    more is passed over."""
    return [Column.of(field) for field in kept_fields(model) if names is None or field.name in names]


def record_row(source: str, alias: str, listed: Collection[Column]) -> str:
    """A lateral row with the JSON object's values in their types."""
    shape = ", ".join(f"{column.name} {column.type}" for column in listed)
    return f"LATERAL jsonb_to_record({source}) AS {alias} ({shape})"
