"""A filter set's conditions as SQL, made by the filters themselves.

Each filter is handed a recorder instead of a query set, and what it would have filtered by is compiled by
Django's own lookups. So a filter of any kind works here unless it does more than filter() with columns of
the resource's table.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connections
from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    IntegerField,
    Model,
    Q,
    TextField,
    UUIDField,
)
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import Col
from django.db.models.sql import Query
from django.http import QueryDict
from django_filters.fields import ChoiceField

from dott.platform.api.errors import ProblemError
from dott.platform.api.filtering.periods import Calendar, calendar_premise
from dott.platform.api.memory import Premise
from dott.platform.api.own_fields import Own, OwnFields
from dott.platform.api.plans import NotPlanned
from dott.platform.tenancy.models import TenantQuerySet
from dott.platform.tenancy.router import APP

Condition = tuple[str, list[Any]]

_COMPARISONS = {"exact": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_PLAIN = (CharField, TextField, DateTimeField, DateField, UUIDField, BigIntegerField, IntegerField)


class Recorder:
    """Stands for a query set while filters are applied; remembers their conditions.

    The query set's own methods, such as search(), run on it as they are.
    """

    def __init__(self, model: type[Model], queryset_class: type[Any]) -> None:
        self.model = model
        self.queryset_class = queryset_class
        self.conditions: list[Q] = []
        self.premises: list[Premise] = []

    def business_calendar(self) -> Calendar:
        """The business's calendar as last read. Whoever uses it asks the database whether it still is so."""
        return Calendar(*self._rest_on(calendar_premise(), "the calendar of the business was"))

    def read_own(self, own: OwnFields) -> Own:
        """The business's own fields as last read, with the same duty."""
        return own.understand(*self._rest_on(own.premise(), "the fields of the business were"))

    def _rest_on(self, premise: Premise | None, what: str) -> tuple[Any, ...]:
        """What is remembered; from now on the answer depends on it."""
        if premise is None:
            raise NotPlanned(f"{what} not read yet")
        self.premises.append(premise)
        return premise.expected

    def filter(self, *conditions: Q, **lookups: Any) -> "Recorder":
        """Remember a condition."""
        self.conditions.append(Q(*conditions, **lookups))
        return self

    def all(self) -> "Recorder":
        """Itself."""
        return self

    def __getattr__(self, name: str) -> Any:
        # Its own, or those of a base that is ours: Django's would need a real query set.
        ours = (one for one in self.queryset_class.__mro__ if issubclass(one, TenantQuerySet))
        own = next((one.__dict__[name] for one in ours if name in one.__dict__), None)
        if own is None:
            raise NotPlanned(f"a filter uses {name}()")
        return own.__get__(self)


class Filters:
    """The filters of one resource, ready to be asked."""

    def __init__(self, filterset_class: Any, model: type[Model], queryset_class: type[Any]) -> None:
        self.model = model
        self.queryset_class = queryset_class
        self.filters: dict[str, Any] = {}
        # What a field of choices has let pass; no more than there are choices.
        self.chosen: dict[tuple[str, str | None], Any] = {}
        if filterset_class is not None:
            filterset = filterset_class(data={}, queryset=Recorder(model, queryset_class))
            # Form fields are made on first use, which is now and not in several threads at once.
            self.filters = {name: offer for name, offer in filterset.filters.items() if offer.field}

    def conditions(self, query: QueryDict, recorder: Recorder) -> list[Q]:
        """What the query asks for. Raises NotPlanned for a value that the filter refuses."""
        for name in query:
            offer = self.filters.get(name)
            if offer is None:
                continue
            try:
                offer.filter(recorder, self._cleaned(name, query))
            except (ValidationError, ProblemError):
                raise NotPlanned(f"{name} is refused") from None
        return recorder.conditions

    def _cleaned(self, name: str, query: QueryDict) -> Any:
        """Raises ValidationError. A choice is looked for once: the field makes its choices anew each time."""
        field = self.filters[name].field
        if type(field) is not ChoiceField:
            return field.clean(field.widget.value_from_datadict(query, {}, name))
        value = query.get(name)
        if (name, value) not in self.chosen:
            self.chosen[name, value] = field.clean(value)
        return self.chosen[name, value]


class Compiler:
    """Q → SQL over the columns of one table, through Django's lookups."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.table = model._meta.db_table
        self.query = Query(model)

    def compile(self, condition: Q) -> Condition:
        """The SQL with %s for each value. Raises NotPlanned where it would join another table."""
        parts = [self._part(child) for child in condition.children]
        if not parts:
            return "true", []
        sql = f" {condition.connector} ".join(part for part, _ in parts)
        # As Django's exclude(): NULL is not what it is compared with.
        sql = f"(({sql}) IS NOT TRUE)" if condition.negated else f"({sql})"
        return sql, [value for _, values in parts for value in values]

    def _part(self, child: Any) -> Condition:
        if isinstance(child, Q):
            return self.compile(child)
        return self._leaf(*child) if isinstance(child, tuple) else self._expression(child)

    def _expression(self, condition: Any) -> Condition:
        """What is not a comparison of a column, such as Exists: Django's own compiler writes it."""
        query, connection = Query(self.model), connections[APP]
        query.get_initial_alias()
        where = query.build_where(Q(condition))
        if set(query.alias_map) != {self.table}:
            raise NotPlanned("a filter joins another table")
        sql, params = query.get_compiler(connection=connection).compile(where)
        return f"({sql})", list(params)

    def sql_of(self, expression: Any) -> str:
        """The SQL of an expression without parameters."""
        query, connection = Query(self.model), connections[APP]
        query.get_initial_alias()
        sql, params = query.get_compiler(connection=connection).compile(expression.resolve_expression(query))
        if params:
            raise NotPlanned("an order has parameters")
        return str(sql)

    def _leaf(self, path: str, value: Any) -> Condition:
        name, _, rest = path.partition(LOOKUP_SEP)
        transform_name, _, lookup_name = rest.rpartition(LOOKUP_SEP)
        if name == "pk" and lookup_name == "in" and not value:
            return "false", []
        field = self._field(name)
        column: Any = Col(self.table, field)
        if lookup_name and not transform_name and not field.get_lookup(lookup_name):
            transform_name, lookup_name = lookup_name, ""
        if transform_name:
            transform = field.get_transform(transform_name)
            if transform is None:
                raise NotPlanned(f"the condition on {path} is more than a comparison")
            column = transform(column)
        lookup_name = lookup_name or "exact"
        if not transform_name and type(field) in _PLAIN and lookup_name in _COMPARISONS and value is not None:
            # What the lookup below would give, without the ten objects it takes.
            operator = _COMPARISONS[lookup_name]
            return f'("{self.table}"."{field.column}" {operator} %s)', [field.get_prep_value(value)]
        lookup_class = column.get_lookup(lookup_name)
        if lookup_class is None or hasattr(value, "resolve_expression"):
            raise NotPlanned(f"the condition on {path} is more than a comparison")
        connection = connections[APP]
        compiler = self.query.get_compiler(connection=connection)
        sql, params = lookup_class(column, value).as_sql(compiler, connection)
        return f"({sql})", list(params)

    def _field(self, name: str) -> "Field[Any, Any]":
        try:
            field = self.model._meta.get_field(name)
        except FieldDoesNotExist:
            raise NotPlanned(f"{name} is no column") from None
        if not isinstance(field, Field):
            raise NotPlanned(f"{name} is no column")
        return field
