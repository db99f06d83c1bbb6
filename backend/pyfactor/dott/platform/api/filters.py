"""Filters of lists: an allow-list per resource, and nothing else is ignored or guessed."""

from collections.abc import Callable, Collection, Hashable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar, cast
from uuid import UUID

import django_filters
from django import forms
from django.db import models
from django.db.models import Expression, QuerySet
from django.http import QueryDict
from django_filters.constants import EMPTY_VALUES
from django_filters.fields import IsoDateTimeField
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from rest_framework.request import Request

from dott.platform.api.errors import ProblemError, invalid_parameter
from dott.platform.api.filtering.apply import Refused, apply_filter
from dott.platform.api.filtering.fields import FilterField, Stored, field_of
from dott.platform.api.own_fields import OwnFields
from dott.platform.api.problems import InputError
from dott.platform.tenancy.context import current

# More values than this belong in a saved filter, not in an address.
MAX_VALUES = 100
MAX_SEARCH_LENGTH = 200


class StrictBooleanField(forms.Field):
    """`true` or `false`. The stock field takes every other word for "no filter"."""

    def to_python(self, value: Any) -> bool | None:
        """The boolean, None when the parameter is absent or empty."""
        if value in EMPTY_VALUES:
            return None
        if value not in ("true", "false"):
            raise forms.ValidationError("This is either “true” or “false”.", code="invalid")
        return bool(value == "true")


class StrictBooleanFilter(django_filters.Filter):
    """A filter on a boolean column."""

    field_class = StrictBooleanField


class InstantField(IsoDateTimeField):
    """An instant in ISO 8601, in UTC: Python knows zones up to 24 hours away, PostgreSQL up to 16."""

    def to_python(self, value: Any) -> datetime | None:
        """The instant, None for no value."""
        instant = super().to_python(value)
        try:
            return instant.astimezone(UTC) if instant else None
        except OverflowError:
            raise forms.ValidationError("There is no such instant in UTC.", code="invalid") from None


class InstantFilter(django_filters.IsoDateTimeFilter):
    """A filter on a column of instants."""

    field_class = InstantField


class MemberField(forms.UUIDField):
    """The id of a membership, or `me`."""

    def to_python(self, value: Any) -> UUID | None:  # type: ignore[override]  # the stubs call it text
        """The membership's id, None for no value."""
        return current().membership_id if value == "me" else super().to_python(value)


class MemberFilter(django_filters.Filter):
    """Rows that belong to one member."""

    field_class = MemberField


class InFilter(django_filters.BaseInFilter):
    """Any of a comma-separated list of at most MAX_VALUES values."""

    def check_length(self, value: Any) -> None:
        """Raises a 400 problem for more than MAX_VALUES."""
        if value and len(value) > MAX_VALUES:
            name = f"{self.field_name}__in"
            raise invalid_parameter(name, "too_many_values", f"At most {MAX_VALUES} values can be given.")

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Rows whose column equals one of the values."""
        self.check_length(value)
        return cast("QuerySet[Any]", super().filter(qs, value))


class SearchFilter(django_filters.CharFilter):
    """`q`: search as the resource understands it, by its query set's own `search(text)`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MAX_SEARCH_LENGTH, **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows that match every word; all rows for an empty text."""
        return qs.search(value) if value else qs  # type: ignore[attr-defined]  # the resource's query set


class CompoundFilter(django_filters.CharFilter):
    """`filter`: conditions in groups, as JSON (filtering/)."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows that meet it. Raises a 400 problem that names the place in the JSON."""
        if not value:
            return qs
        try:
            return apply_filter(qs, self.parent, value)
        except Refused as refused:
            raise refused.in_parameter("filter") from None


class StrictFilterSet(FilterSet):
    """Base of a resource's filters. `Meta.fields = {"stage": ["exact", "in"], "created_at": ["gte", "lt"]}`
    offers `stage`, `stage__in`, `created_at__gte`, `created_at__lt`; references are compared by id.

    `filter=` takes these fields too, and those that Meta.compound lists besides: names of columns, or a
    FilterField for what is more. Meta.search_keys = {"billing_city": Stored("city_key", key)} names stored
    keys of texts; other texts are compared by a key that is made on the way.
    """

    filter = CompoundFilter(label="Conditions in groups, as JSON.")

    # What a business adds to the resource itself, None where it cannot.
    own_fields: ClassVar[OwnFields | None] = None

    @classmethod
    def compound_fields(cls) -> Mapping[str, FilterField]:
        """The fields of `filter=` by name, without the business's own."""
        return _compound_fields(cast(Hashable, cls))

    FILTER_DEFAULTS = FilterSet.FILTER_DEFAULTS | {
        models.BooleanField: {"filter_class": StrictBooleanFilter},
        models.DateTimeField: {"filter_class": InstantFilter},
        # The stock filter asks the database whether the referenced row exists: a round trip for nothing.
        models.ForeignKey: {"filter_class": django_filters.UUIDFilter},
    }

    @classmethod
    def filter_for_lookup(
        cls, field: "models.Field[Any, Any]", lookup_type: str
    ) -> tuple[Any, dict[str, Any]]:
        """The stock choice, except that a list of choices checks each one."""
        if lookup_type != "in":
            return cast("tuple[Any, dict[str, Any]]", super().filter_for_lookup(field, lookup_type))
        if field.choices:
            concrete, params = django_filters.ChoiceFilter, {"choices": field.choices}
        else:
            concrete, params = super().filter_for_lookup(field, "exact")
        return type(f"{concrete.__name__}List", (InFilter, concrete), {}), params


@cache
def _compound_fields(filterset_class: Any) -> Mapping[str, FilterField]:
    meta = filterset_class.Meta
    keys: Mapping[str, Stored] = getattr(meta, "search_keys", {})
    columns = {field.name for field in meta.model._meta.concrete_fields}
    # A column may be called `filter`, as a saved view's is; the parameter of that name filters by no column.
    single = (
        name for name, one in filterset_class.declared_filters.items() if not isinstance(one, CompoundFilter)
    )
    short = [*meta.fields, *(name for name in single if name in columns)]
    fields = {"id": FilterField("id", "relation", "id")}
    for entry in dict.fromkeys([*short, *getattr(meta, "compound", ())]):
        found = field_of(meta.model, entry, stored=keys.get(entry)) if isinstance(entry, str) else entry
        fields[found.name] = found
    return fields


class StrictFilterBackend(DjangoFilterBackend):
    """Applies the resource's filter set; a value it cannot read is a 400 that names the parameter."""

    filterset_base = StrictFilterSet

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """The filtered rows."""
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            raise _refusal(filterset.form.errors)
        return cast("QuerySet[Any]", filterset.qs)


def own_orders(filterset_class: Any, reader: Any = None) -> Callable[[], Mapping[str, Expression]] | None:
    """Reads the orders by the business's own fields, where the resource has such. reader: a plan's recorder,
    which takes them from memory; None asks the database."""
    own: OwnFields | None = getattr(filterset_class, "own_fields", None)
    if own is None:
        return None
    return lambda: (own.read() if reader is None else reader.read_own(own)).orders


def parameter_names(filterset_class: type[FilterSet] | None) -> frozenset[str]:
    """The query parameters a filter set reads."""
    return frozenset(filterset_class.base_filters) if filterset_class else frozenset()


def check_parameters(query: QueryDict, allowed: Collection[str]) -> None:
    """Refuse parameters that nobody reads and ones given twice, of which one would be ignored."""
    errors: list[InputError] = []
    for name, values in query.lists():
        if name not in allowed:
            errors.append(
                {
                    "parameter": name,
                    "code": "unknown_parameter",
                    "detail": "There is no such query parameter.",
                }
            )
        elif len(values) > 1:
            errors.append(
                {
                    "parameter": name,
                    "code": "duplicate_parameter",
                    "detail": "This parameter is given more than once.",
                }
            )
    if errors:
        raise _invalid_query(errors)


def _refusal(errors: Any) -> ProblemError:
    return _invalid_query(
        [
            {"parameter": name, "code": error.code or "invalid", "detail": str(error.messages[0])}
            for name, listed in errors.as_data().items()
            for error in listed
        ]
    )


def _invalid_query(errors: list[InputError]) -> ProblemError:
    first = errors[0]
    return ProblemError(400, first["code"], f"{first['parameter']}: {first['detail']}", errors)
