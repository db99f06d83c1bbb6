"""What a resource can be filtered by: fields of a kind, derived from its model and filter set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import ImproperlyConfigured
from django.db import models

from dott.platform.api.filtering.lookups import Known, lookup_on
from dott.platform.tenancy.search import search_key

Kind = Literal["text", "number", "select", "bool", "date", "instant", "relation"]

_LISTED = {"in", "not_in"}
_EMPTY = {"empty", "not_empty"}
_DAYS = {"on", "before", "after", "between", "within"} | _EMPTY
OPERATORS: Mapping[Kind, frozenset[str]] = {
    "text": frozenset({"is", "is_not", "contains", "not_contains", "starts"} | _LISTED | _EMPTY),
    "number": frozenset({"eq", "ne", "lt", "lte", "gt", "gte", "between"} | _EMPTY),
    "select": frozenset({"is", "is_not"} | _LISTED | _EMPTY),
    "bool": frozenset({"is"}),
    "date": frozenset(_DAYS),
    "instant": frozenset(_DAYS),
    "relation": frozenset({"is", "is_not"} | _LISTED | _EMPTY),
}
_MEMBERSHIP = "identity.membership"


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored, normalised twin of a text column: its name, and the same normalisation in Python."""

    column: str
    normalise: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Through:
    """A reference by link rows, such as tags: `model` has a row whose `record` is ours and `to` the other."""

    model: type[models.Model]
    record: str
    to: str


@dataclass(frozen=True, slots=True)
class FilterField:
    """One field of the allow-list.

    path: the column as the ORM names it. stored: for text. choices: of a select. is_member: a relation to a
    member, for whom `me` may stand. is_integer: a number without fraction. through: a relation by link rows.
    expression: on the resource's table, in place of a column. is_list: a select that holds several choices,
    as a jsonb array.
    """

    name: str
    kind: Kind
    path: str
    is_nullable: bool = False
    stored: Stored | None = None
    choices: tuple[str, ...] = ()
    is_member: bool = False
    is_integer: bool = False
    through: Through | None = None
    expression: models.Expression | None = None
    is_list: bool = False

    def holds(self, lookup: str, value: Any) -> models.Q:
        """The condition on the column. One on an expression is never unknown, so that its contrary holds for
        records without a value."""
        if self.expression is None:
            return models.Q(**{f"{self.path}__{lookup}": value})
        return models.Q(Known(lookup_on(self.expression, lookup, value)))

    def holds_as_text(self, lookup: str, value: str | list[str]) -> models.Q:
        """The condition on a text whose case and accents do not matter."""
        normalise = self.stored.normalise if self.stored else search_key
        other = [normalise(one) for one in value] if isinstance(value, list) else normalise(value)
        if self.stored is not None:
            return models.Q(**{f"{self.stored.column}__{lookup}": other})
        return self.holds(f"search_key__{lookup}", other)


def field_of(
    model: type[models.Model], name: str, column: str | None = None, stored: Stored | None = None
) -> FilterField:
    """The declaration that follows from a model's column. column: where it is not called as the field is.

    Raises ImproperlyConfigured for a column of a kind that no condition is defined for.
    """
    found = model._meta.get_field(column or name)
    if not isinstance(found, models.Field):
        raise ImproperlyConfigured(f"{model.__name__}.{name} is no column.")
    # What a generated column holds is said by its output field.
    shape = (found.output_field if isinstance(found, models.GeneratedField) else None) or found
    kind = _kind(shape)
    if kind is None:
        raise ImproperlyConfigured(f"{model.__name__}.{name} cannot be filtered by: {type(shape).__name__}.")
    return FilterField(
        name=name,
        kind=kind,
        path=found.name,
        is_nullable=bool(shape.null),
        stored=stored,
        choices=tuple(str(value) for value, _ in shape.flatchoices) if kind == "select" else (),
        is_member=kind == "relation" and _refers_to_member(found),
        is_integer=isinstance(shape, models.IntegerField),
    )


def link_field(name: str, model: type[models.Model], *, record: str, to: str) -> FilterField:
    """A relation by link rows: `link_field("tags", CustomerTag, record="customer", to="tag")`."""
    return FilterField(name=name, kind="relation", path=name, through=Through(model, record, to))


def _kind(field: "models.Field[Any, Any]") -> Kind | None:
    if field.choices:
        return "select"
    kinds: tuple[tuple[Any, Kind], ...] = (
        (models.ForeignKey, "relation"),
        (models.BooleanField, "bool"),
        (models.DateTimeField, "instant"),
        (models.DateField, "date"),
        ((models.CharField, models.TextField), "text"),
        ((models.IntegerField, models.DecimalField), "number"),
    )
    return next((kind for classes, kind in kinds if isinstance(field, classes)), None)


def _refers_to_member(field: "models.Field[Any, Any]") -> bool:
    target = field.related_model
    return (
        isinstance(target, type)
        and issubclass(target, models.Model)
        and (target._meta.label_lower == _MEMBERSHIP)
    )
