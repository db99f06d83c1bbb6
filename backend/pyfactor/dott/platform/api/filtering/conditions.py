"""A tree of conditions → one Q over the columns of the resource's table.

Emptiness is defined once: NULL or "". `is_not`, `ne`, `not_in` and `not_contains` are the exact contrary of
their twins, so a record without a value meets them.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, Value

from dott.platform.api.filtering.fields import FilterField, Through
from dott.platform.api.filtering.grammar import Group, Leaf
from dott.platform.api.filtering.lookups import HasChoice
from dott.platform.api.filtering.periods import Calendar, Period
from dott.platform.api.filtering.refusal import Refused
from dott.platform.api.filtering.values import member_or

_CONTRARY = {"is_not": "is", "ne": "eq", "not_in": "in", "not_contains": "contains", "not_empty": "empty"}
_COMPARED = {"eq": "exact", "lt": "lt", "lte": "lte", "gt": "gt", "gte": "gte"}
_TEXT_LOOKUPS = {"is": "exact", "in": "in", "contains": "contains_safe", "starts": "prefix_safe"}
_DAY = timedelta(days=1)


class Conditions:
    """Makes Qs. calendar: asked for at most once, and only when a condition is about days."""

    def __init__(self, calendar: Callable[[], Calendar]) -> None:
        self._read_calendar = calendar
        self._calendar: Calendar | None = None

    def of(self, node: Group | Leaf) -> Q:
        """The condition. Raises Refused for a date that is beyond what can be compared."""
        if isinstance(node, Leaf):
            return self._leaf(node)
        combined = Q(*(self.of(child) for child in node.children))
        combined.connector = Q.AND if node.connector == "and" else Q.OR
        return combined

    def _leaf(self, leaf: Leaf) -> Q:
        op = _CONTRARY.get(leaf.op)
        if op is None:
            return self._positive(leaf, leaf.op)
        return ~self._positive(leaf, op)

    def _positive(self, leaf: Leaf, op: str) -> Q:
        field, value = leaf.field, leaf.value
        if op == "empty":
            return _is_empty(field)
        match field.kind:
            case "text":
                return _text(field, op, value)
            case "number":
                return _number(field, op, value)
            case "relation":
                return _relation(field, value)
            case "select" | "bool":
                return _choice(field, op, value)
        try:
            return self._days(field, op, value)
        except OverflowError:
            raise Refused((*leaf.place, "value"), "out_of_range", "This date is too far away.") from None

    def _days(self, field: FilterField, op: str, value: Any) -> Q:
        first, last = value if op == "between" else (value, value)
        edges = self._edges(field)
        match op:
            case "before":
                return field.holds("lt", edges(first)[0])
            case "after":
                _, end, is_open = edges(last)
                return field.holds("gte" if is_open else "gt", end)
        start, (_, end, is_open) = edges(first)[0], edges(last)
        return field.holds("gte", start) & field.holds("lt" if is_open else "lte", end)

    def _edges(self, field: FilterField) -> Callable[[Any], tuple[Any, Any, bool]]:
        """For a moment: its beginning, its end, and whether the end lies outside of it."""

        def edges(moment: date | datetime | Period) -> tuple[Any, Any, bool]:
            if isinstance(moment, datetime):
                return moment, moment, False
            days = moment.days(self.calendar) if isinstance(moment, Period) else (moment, moment)
            if field.kind == "date":
                return days[0], days[1], False
            return self.calendar.start_of(days[0]), self.calendar.start_of(days[1] + _DAY), True

        return edges

    @property
    def calendar(self) -> Calendar:
        """The business's calendar."""
        if self._calendar is None:
            self._calendar = self._read_calendar()
        return self._calendar


def _is_empty(field: FilterField) -> Q:
    if field.through is not None:
        return ~Q(Exists(_links(field.through)))
    if field.expression is not None:
        return field.holds("isnull", True)
    blank = Q(**{field.path: ""}) if field.kind in ("text", "select") else Q()
    return blank | Q(**{f"{field.path}__isnull": True}) if field.is_nullable else blank or _never()


def _text(field: FilterField, op: str, value: Any) -> Q:
    return field.holds_as_text(_TEXT_LOOKUPS[op], value)


def _number(field: FilterField, op: str, value: Any) -> Q:
    plain: Callable[[Any], Any] = int if field.is_integer else Decimal
    if op == "between":
        return field.holds("gte", plain(value[0])) & field.holds("lte", plain(value[1]))
    return field.holds(_COMPARED[op], plain(value))


def _choice(field: FilterField, op: str, value: Any) -> Q:
    """The record's choice is the one or one of several; where it holds many, one of those is."""
    if not field.is_list:
        return field.holds("in" if op == "in" else "exact", value)
    wanted = value if isinstance(value, list) else [value]
    held = (Q(HasChoice(field.expression, Value(choice))) for choice in wanted)
    return reduce(or_, held)


def _relation(field: FilterField, value: Any) -> Q:
    ids = [member_or(item) for item in value] if isinstance(value, list) else [member_or(value)]
    if field.through is not None:
        return Q(Exists(_links(field.through).filter(**{f"{field.through.to}__in": ids})))
    if len(ids) == 1:
        return Q(**{field.path: ids[0]})
    return Q(**{f"{field.path}__in": ids})


def _links(through: Through) -> Any:
    # The manager names the tenant, as everywhere.
    return through.model._default_manager.filter(**{through.record: OuterRef("pk")})


def _never() -> Q:
    """For a column that always holds something. As SQL, for Django runs no query that it knows to be empty,
    and whoever takes the query's SQL (COPY) would get an exception."""
    return Q(id__isnull=True)
