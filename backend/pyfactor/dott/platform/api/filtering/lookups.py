"""Conditions on expressions: what `column__lookup=value` is for a column."""

from typing import Any

from django.db.models import BooleanField, Expression, Func
from django.db.models.constants import LOOKUP_SEP


class Known(Func):
    """A condition of which NULL is false."""

    template = "coalesce(%(expressions)s, false)"
    arity = 1
    output_field = BooleanField()


class HasChoice(Func):
    """Whether a jsonb array of texts holds one; false for what is no array."""

    template = "coalesce(%(expressions)s, false)"
    arg_joiner = " ? "
    arity = 2
    output_field = BooleanField()


def lookup_on(expression: Expression, path: str, value: Any) -> Any:
    """The condition for a path such as `gte` or `search_key__exact`. expression: with an output field."""
    *transforms, lookup = path.split(LOOKUP_SEP)
    column: Any = expression
    for name in transforms:
        column = column.get_transform(name)(column)
    return column.get_lookup(lookup)(column, value)
