"""What of a row is shown: columns to read, and how their values become the serializer's answer."""

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model
from django.db.models.constants import LOOKUP_SEP
from rest_framework import serializers
from rest_framework.fields import empty

from dott.platform.api.plans import NotPlanned
from dott.platform.api.plans.native import Column, Writer
from dott.platform.api.plans.statements import dump
from dott.platform.api.serializers import (
    RunningNumberField,
    StrictModelSerializer,
    TenantRelatedField,
    TenantRelatedListField,
)
from dott.platform.tenancy.wire import LazyRows

Convert = Callable[[Any], Any]

# Fields whose answer is the column's value as orjson writes it: text, numbers, booleans, ids, instants.
_AS_THEY_ARE = (
    serializers.BigIntegerField, serializers.BooleanField, serializers.CharField, serializers.ChoiceField,
    serializers.DateField, serializers.DateTimeField, serializers.EmailField, serializers.IntegerField,
    serializers.URLField, serializers.UUIDField, TenantRelatedField, TenantRelatedListField,
)  # fmt: skip


class Shown(NamedTuple):
    """One field of the answer. column: as values_list() names it. convert: None for the value itself.

    default: in place of NULL, where there is no convert. number: the field itself where convert is only that.
    """

    name: str
    column: str
    convert: Convert | None = None
    default: Any = None
    number: RunningNumberField | None = None


class Projection:
    """Makes the answer's objects of rows that begin with the columns of some fields."""

    def __init__(self, shown: Sequence[Shown]) -> None:
        self.names = tuple(field.name for field in shown)
        self.converts = [(field.name, field.convert) for field in shown if field.convert]
        self.defaults = [(field.name, field.default) for field in shown if field.default is not None]
        self.writer = Writer([_column_of(field) for field in shown])
        self.attributes = [_attribute(field.column) for field in shown]

    def written(self, rows: LazyRows, which: range) -> bytes:
        """A JSON array of some rows, their fields in order."""
        found = self.writer.write(rows, which) if which else None
        if found is not None:
            return found
        values = rows[:]
        return dump([self(values[place]) for place in which])

    def of(self, record: Model) -> bytes:
        """The JSON object of a record that is there already."""
        return dump(self([value_of(record) for value_of in self.attributes]))

    def __call__(self, row: Sequence[Any]) -> dict[str, Any]:
        """Name → value, in the order of the fields."""
        found = dict(zip(self.names, row, strict=False))
        for name, convert in self.converts:
            found[name] = convert(found[name])
        for name, default in self.defaults:
            if found[name] is None:
                found[name] = default
        return found


def _attribute(column: str) -> Convert:
    """What a record answers for a column; None behind a reference that is empty."""
    name, *rest = column.split(LOOKUP_SEP, 1)
    value_of = attrgetter(name)
    if not rest:
        return value_of
    behind = _attribute(rest[0])
    return lambda record: None if (related := value_of(record)) is None else behind(related)


def _column_of(field: Shown) -> Column:
    if (number := field.number) is not None:
        return Column(dump(field.name) + b":", b"null", prefix=dump(number.prefix)[:-1], digits=number.digits)
    convert = field.convert
    cell = None if convert is None else lambda value: dump(convert(value))
    return Column(dump(field.name) + b":", dump(field.default), cell)


def compile_fields(serializer_class: type[StrictModelSerializer], model: type[Model]) -> list[Shown]:
    """The fields in the serializer's order. Raises NotPlanned for one that is more than a column."""
    for hook in ("to_representation", "data", "_readable_fields"):
        if getattr(serializer_class, hook) is not getattr(StrictModelSerializer, hook):
            raise NotPlanned(f"{serializer_class.__name__} has its own {hook}")
    return [_shown(field, model) for field in serializer_class()._readable_fields]


def choose(fields: Collection[Shown], wanted: Collection[str] | None) -> list[Shown]:
    """Those that the request asks for."""
    return [field for field in fields if wanted is None or field.name in wanted]


def _shown(field: Any, model: type[Model]) -> Shown:
    # A format of its own, or the whole row as its source (a method's field).
    if "format" in field._kwargs or not field.source_attrs:
        raise NotPlanned(f"the field {field.field_name} is computed")
    column = _column(field, model)
    if type(field) in _AS_THEY_ARE:
        return Shown(field.field_name, column, default=_default(field))
    if type(field).get_attribute is serializers.Field.get_attribute and len(field.source_attrs) == 1:
        number = field if type(field) is RunningNumberField else None
        return Shown(field.field_name, column, _through(field, model), number=number)
    raise NotPlanned(f"the field {field.field_name} is computed")


def _column(field: Any, model: type[Model]) -> str:
    """The column behind a field: one of the model's own table, or of a table it refers to."""
    *relations, last = field.source_attrs
    for relation in relations:
        step = _field(model, relation, field)
        if not isinstance(step, ForeignKey):
            raise NotPlanned(f"the field {field.field_name} follows more than references")
        model = step.related_model
    column = _field(model, last, field)
    return LOOKUP_SEP.join([*relations, column.attname if isinstance(column, ForeignKey) else column.name])


def _field(model: type[Model], name: str, field: Any) -> "Field[Any, Any]":
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        raise NotPlanned(f"the field {field.field_name} is no column") from None
    if not isinstance(found, Field):
        raise NotPlanned(f"the field {field.field_name} is no column")
    return found


def _default(field: Any) -> Any:
    """A field behind an empty reference answers with its default."""
    if len(field.source_attrs) == 1:
        return None
    if field.default is empty or callable(field.default):
        raise NotPlanned(f"the field {field.field_name} has no plain default")
    return field.default


def _through(field: Any, model: type[Model]) -> Convert:
    """REST framework's own rule: null stays null, the field says the rest."""
    convert: Convert = field.to_representation
    if not _field(model, field.source_attrs[0], field).null:
        return convert
    return lambda value: None if value is None else convert(value)
