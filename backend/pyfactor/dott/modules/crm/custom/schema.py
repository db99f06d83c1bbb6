"""The fields of a business as JSON Schema, for its OpenAPI document."""

from typing import Any

from dott.modules.crm.custom import values
from dott.modules.crm.custom.definitions import Definition, Definitions

_NUMBER = r"^-?\d+(\.\d+)?$"
_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "maxLength": values.TEXT_MAX_LENGTH},
    "long_text": {"type": "string", "maxLength": values.LONG_TEXT_MAX_LENGTH},
    "number": {"type": "string", "format": "decimal", "pattern": _NUMBER},
    "money": {
        "type": "object",
        "required": ["amount", "currency"],
        "properties": {
            "amount": {"type": "string", "format": "decimal", "pattern": _NUMBER},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        },
        "additionalProperties": False,
    },
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "bool": {"type": "boolean"},
    "url": {"type": "string", "format": "uri", "maxLength": values.URL_MAX_LENGTH},
    "email": {"type": "string", "format": "email", "maxLength": 254},
    "phone": {"type": "string", "description": "E.164."},
}


def schema_of(definitions: Definitions, *, is_answer: bool) -> dict[str, Any]:
    """The object under `custom`. is_answer: as it is read, where archived fields are shown and nothing is
    null; else as it is written, where null takes a value away."""
    properties = {
        one.key: _property(one, is_answer=is_answer)
        for one in definitions
        if is_answer or not one.is_archived
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _property(definition: Definition, *, is_answer: bool) -> dict[str, Any]:
    shape: dict[str, Any] = {"title": definition.label, **_shape(definition, is_answer=is_answer)}
    if definition.is_archived:
        shape["deprecated"] = True
    if not is_answer:
        shape = {"title": shape.pop("title"), "anyOf": [shape, {"type": "null"}]}
    return shape


def _shape(definition: Definition, *, is_answer: bool) -> dict[str, Any]:
    if definition.type not in ("select", "multi_select"):
        return dict(_TYPES[definition.type])
    one_of = [
        {"const": option.id, "title": option.label}
        for option in definition.options
        if is_answer or not option.is_archived
    ]
    # An enumeration of nothing would be no schema.
    choice: dict[str, Any] = (
        {"type": "string", "oneOf": one_of} if one_of else {"type": "string", "enum": [""]}
    )
    return choice if definition.type == "select" else {"type": "array", "items": choice, "uniqueItems": True}
