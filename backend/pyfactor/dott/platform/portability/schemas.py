"""JSON Schema of a line of each file, so that other programs can read what was taken along."""

from typing import Any

from django.db import models

from dott.platform.portability.entities import Entity

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

# The first that fits, in this order: a subclass stands before its base.
_KINDS: tuple[tuple[type[Any], Schema], ...] = (
    (models.BooleanField, {"type": "boolean"}),
    (models.IntegerField, {"type": "integer"}),
    (models.DecimalField, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}),
    (models.FloatField, {"type": "number"}),
    (models.UUIDField, {"type": "string", "format": "uuid"}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.JSONField, {}),
    (models.CharField, {"type": "string"}),
    (models.TextField, {"type": "string"}),
)


def schema_of(entity: Entity) -> Schema:
    """The schema of one record."""
    return {
        "$schema": DIALECT,
        "title": entity.label,
        "description": (entity.model.__doc__ or "").strip().partition("\n")[0],
        "type": "object",
        "properties": {field.name: _property(entity, field) for field in entity.fields},
        "required": entity.names,
        "additionalProperties": False,
    }


def _property(entity: Entity, field: Any) -> Schema:
    if field.name in entity.members:
        kind: Schema = {"type": "string", "format": "email"}
    elif isinstance(field, models.ForeignKey):
        kind = {
            "type": "string",
            "format": "uuid",
            "description": f"An {field.related_model._meta.label_lower}.",
        }
    else:
        kind = dict(next((schema for known, schema in _KINDS if isinstance(field, known)), {}))
    if field.choices:
        kind["enum"] = [value for value, _ in field.choices] + ([""] if field.blank else [])
    elif field.max_length and kind.get("type") == "string" and "format" not in kind:
        kind["maxLength"] = field.max_length
    if field.null and "type" in kind:
        kind["type"] = [kind["type"], "null"]
    return kind
