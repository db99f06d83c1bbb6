"""From a model instance to the values that history keeps."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BooleanField, Field, JSONField, Model, TextField
from django.db.models import CharField as CharColumn

# Who, when and how often is said by the change set itself; the keys say whose record it is.
BOOKKEEPING = frozenset(
    {"tenant_id", "id", "created_at", "updated_at", "created_by", "updated_by", "version"}
)
# What a deletion keeps all the same, so that the record can come back as it was.
KEPT_BY_DELETION = ("created_at", "created_by", "version")

Values = dict[str, Any]


class ExactEncoder(DjangoJSONEncoder):
    """Django's encoder cuts instants to milliseconds; a record put back must be what it was."""

    def default(self, o: Any) -> Any:
        """Instants in ISO 8601 with microseconds, all else as Django does."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


_EXACT = ExactEncoder()
# What is read back from JSON as it was.
_AS_IT_IS = frozenset({str, bool, int, type(None)})


@cache
def kept_fields(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    """The fields that history keeps: stored ones, without bookkeeping and generated columns."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if field.name not in BOOKKEEPING and not field.generated
    )


def snapshot(instance: Model, names: Collection[str] | None = None) -> Values:
    """The instance's stored fields by field name, as JSON values: ids and instants are strings.

    names: only these. Left out: bookkeeping, generated columns (they follow from the rest) and deferred
    fields.
    """
    absent = instance.get_deferred_fields()
    values = {
        field.name: getattr(instance, field.attname)
        for field in kept_fields(type(instance))
        if field.attname not in absent and (names is None or field.name in names)
    }
    return as_json(values)


def as_json(values: Mapping[str, Any]) -> Values:
    """The values as they will be read back from a jsonb column."""
    return {name: value if type(value) in _AS_IT_IS else _read_back(value) for name, value in values.items()}


def _read_back(value: Any) -> Any:
    return json.loads(_EXACT.encode(value))


NO_EMPTY = object()


def empty_of(field: "Field[Any, Any]") -> Any:
    """What a field holds when it holds nothing: null where it may be null, else "", false, an empty list or
    object; NO_EMPTY for numbers and the like."""
    if field.null:
        return None
    if isinstance(field, BooleanField):
        return False
    if isinstance(field, ArrayField):
        return []
    if isinstance(field, JSONField) and field.default is dict:
        return {}
    return "" if isinstance(field, CharColumn | TextField) else NO_EMPTY


@cache
def _empties(model: type[Model]) -> Mapping[str, Any]:
    """Nobody changes it, nor what is in it."""
    return {field.name: empty_of(field) for field in kept_fields(model)}


def filled(model: type[Model], values: Mapping[str, Any]) -> Values:
    """Only the fields that hold something. What is left out is `empty_of` its field."""
    # `is` for false, because 0 == False and a zero is something.
    empty = _empties(model)
    return {
        name: value
        for name, value in values.items()
        if not (value is empty[name] or (value in ("", [], {}) and value == empty[name]))
    }


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Values, Values]:
    """The part of each snapshot in which they differ. A field missing on one side is null there."""
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in changed}, {name: after.get(name) for name in changed}
