"""What a PUT does not mention: it replaces, so this becomes what it would be in a new record."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.fields import NOT_PROVIDED
from rest_framework.fields import SkipField


def left_out(serializer: Any, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(attribute, default) of every writable field that a PUT does not mention."""
    for field in serializer._writable_fields:
        if field.field_name in data or len(field.source_attrs) != 1:
            continue
        try:
            yield str(field.source), field.get_default()
        except SkipField:
            default = _model_default(serializer.Meta.model, str(field.source))
            if default is not NOT_PROVIDED:
                yield str(field.source), default


def _model_default(model: type[models.Model], name: str) -> Any:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        # What only the serializer knows, such as the customer of a new contact.
        return NOT_PROVIDED
    if not isinstance(field, models.Field):
        return NOT_PROVIDED
    if field.has_default():
        return field.get_default()
    if isinstance(field.db_default, models.Value):
        return field.db_default.value
    if field.null:
        return None
    return "" if field.empty_strings_allowed and field.blank else NOT_PROVIDED
