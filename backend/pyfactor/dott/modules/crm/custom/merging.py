"""What a record's `custom` becomes when some of it is set, or when records become one."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework.exceptions import ErrorDetail

from dott.modules.crm.custom.definitions import Definition
from dott.modules.crm.custom.values import Doubtful

Errors = dict[str, list[ErrorDetail]]
REQUIRED = ErrorDetail("This field is required.", code="required")


def merged(
    definitions: Iterable[Definition],
    held: Mapping[str, Any],
    given: Mapping[str, Any],
    *,
    replaces: bool,
    is_new: bool = False,
) -> tuple[dict[str, Any], Errors]:
    """The values after a write, in the order in which the database keeps them, and what stands against it.

    held: what the record has. given: key → as values.read_value gives it. replaces: what is in use and not
    given goes. Archived values stay. A required field is asked for when the record is new, is replaced or
    names it.
    """
    in_use = {one.key for one in definitions if not one.is_archived}
    result = {key: value for key, value in held.items() if not (replaces and key in in_use)}
    errors: Errors = {}
    for key, value in given.items():
        if isinstance(value, Doubtful):
            if held.get(key) != value.value:
                errors[key] = [value.error]
            elif value.value is not None:
                result[key] = value.value
        elif value is None:
            result.pop(key, None)
        else:
            result[key] = value
    for one in definitions:
        is_asked = is_new or replaces or one.key in given
        if one.is_required and not one.is_archived and is_asked and one.key not in result:
            errors.setdefault(one.key, [REQUIRED])
    return in_order(result), errors


def united(records: Iterable[Mapping[str, Any]], chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Key by key, the chosen value, None for none; else that of the first record that has one."""
    result: dict[str, Any] = dict(chosen)
    for values in records:
        result = {**values, **result}
    return in_order({key: value for key, value in result.items() if value is not None})


def in_order(values: Mapping[str, Any]) -> dict[str, Any]:
    """As jsonb keeps an object: shorter keys first, so that what is written answers as what is read."""
    return dict(sorted(values.items(), key=lambda item: (len(item[0]), item[0])))
