"""What other rooms call: narrow a query set by a compound filter."""

from typing import Any

from django.db.models import Q, QuerySet

from dott.platform.api.filtering import grammar
from dott.platform.api.filtering.conditions import Conditions
from dott.platform.api.filtering.periods import business_calendar
from dott.platform.api.filtering.refusal import Refused


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
        grammar.parse(data, resource.compound_fields())


def condition_of(queryset: Any, resource: Any, data: Any) -> Q | None:
    """The condition alone. queryset: only asked how to read the calendar, where it knows better."""
    if data is None:
        return None
    parsed = grammar.parse_json(data) if isinstance(data, str) else data
    calendar = getattr(queryset, "business_calendar", business_calendar)
    return Conditions(calendar).of(grammar.parse(parsed, resource.compound_fields()))


__all__ = ["Refused", "apply_filter", "check_filter", "condition_of"]
