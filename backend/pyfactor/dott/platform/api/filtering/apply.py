"""What other rooms call: narrow a query set by a compound filter."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from dott.platform.api.filtering import grammar
from dott.platform.api.filtering.conditions import Conditions
from dott.platform.api.filtering.fields import FilterField
from dott.platform.api.filtering.periods import business_calendar
from dott.platform.api.filtering.refusal import Refused
from dott.platform.api.own_fields import PREFIX, Own, OwnFields


def apply_filter(queryset: QuerySet[Any], resource: Any, data: Any) -> QuerySet[Any]:
    """The rows that meet a filter.

    resource: the filter set class that declares the fields (StrictFilterSet). data: the JSON's text, or what
    it is parsed to; None for no filter. Raises Refused, which `in_parameter` and `in_body` make a 400 of.
    """
    condition = condition_of(queryset, resource, data)
    return queryset if condition is None else queryset.filter(condition)


def check_filter(resource: Any, data: Any) -> None:
    """Raises Refused when a filter that is to be kept could not be applied. data: parsed, None for none."""
    if data is not None:
        grammar.parse(data, _finder(resource, None))


def condition_of(queryset: Any, resource: Any, data: Any) -> Q | None:
    """The condition alone. queryset: only asked how to read what the business has set up, where it knows
    better."""
    if data is None:
        return None
    parsed = grammar.parse_json(data) if isinstance(data, str) else data
    calendar = getattr(queryset, "business_calendar", business_calendar)
    return Conditions(calendar).of(grammar.parse(parsed, _finder(resource, queryset)))


def _finder(resource: Any, queryset: Any) -> Callable[[str], FilterField | None]:
    """Name → field: a declared one, or one of the business's own, which are read when the first is named."""
    declared: Mapping[str, FilterField] = resource.compound_fields()
    own: OwnFields | None = resource.own_fields
    read = getattr(queryset, "read_own", OwnFields.read)

    @cache
    def own_filters() -> Mapping[str, FilterField]:
        found: Own | None = read(own) if own is not None else None
        return found.filters if found is not None else {}

    def find(name: str) -> FilterField | None:
        return own_filters().get(name) if name.startswith(PREFIX) else declared.get(name)

    return find


__all__ = ["Refused", "apply_filter", "check_filter", "condition_of"]
