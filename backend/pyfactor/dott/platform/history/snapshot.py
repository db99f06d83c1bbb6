"""From a model instance to the values that history keeps."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

# Who, when and how often is said by the change set itself; the keys say whose record it is.
BOOKKEEPING = frozenset(
    {"tenant_id", "id", "created_at", "updated_at", "created_by", "updated_by", "version", "deleted_by"}
)

Values = dict[str, Any]


def snapshot(instance: Model) -> Values:
    """The instance's stored fields by field name, as JSON values: ids and instants are strings.

    Left out: bookkeeping, generated columns (they follow from the rest) and deferred fields.
    """
    absent = instance.get_deferred_fields()
    values = {
        field.name: getattr(instance, field.attname)
        for field in instance._meta.concrete_fields
        if field.name not in BOOKKEEPING and not field.generated and field.attname not in absent
    }
    return as_json(values)


def as_json(values: Mapping[str, Any]) -> Values:
    """The values as they will be read back from a jsonb column."""
    result: Values = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return result


def filled(values: Mapping[str, Any]) -> Values:
    """Only the fields that hold something: neither "", null nor false."""
    # `is`, because 0 == False and a zero is something.
    return {name: value for name, value in values.items() if value not in ("", None) and value is not False}


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Values, Values]:
    """The part of each snapshot in which they differ. A field missing on one side is null there."""
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in changed}, {name: after.get(name) for name in changed}
