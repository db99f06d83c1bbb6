"""The business's own fields as part of other resources: `custom`."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from dott.modules.crm.custom.definitions import Definitions
from dott.modules.crm.custom.merging import merged
from dott.modules.crm.custom.resource import OWN_FIELDS, definitions_of
from dott.modules.crm.custom.values import read_value
from dott.platform.api.serializers import UNKNOWN_FIELD

Errors = dict[str, Any]


@extend_schema_field({"type": "object", "additionalProperties": True})
class CustomValuesField(serializers.Field[Any, Any, Any, Any]):
    """Key → value. What is given is read by the definitions; what the record becomes of it, the serializer
    says, which knows the record (CustomValuesMixin)."""

    def __init__(self, entity: str) -> None:
        self.entity = entity
        self.own_fields = OWN_FIELDS[entity]
        self._definitions: Definitions | None = None
        super().__init__(
            required=False,
            help_text="The business's own fields (custom-fields/). PATCH sets those that are named, null "
            "takes one away.",
        )

    @property
    def definitions(self) -> Definitions:
        """Read once for each serializer."""
        if self._definitions is None:
            self._definitions = definitions_of(self.entity)
        return self._definitions

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Key → value as it is kept. Raises ValidationError with each key that is refused."""
        if not isinstance(data, Mapping):
            raise ValidationError("This is an object.", "not_an_object")
        known = {one.key: one for one in self.definitions}
        values, errors = {}, Errors()
        for key, given in data.items():
            if key not in known:
                errors[key] = [ErrorDetail(UNKNOWN_FIELD, code="unknown_field")]
                continue
            try:
                values[key] = read_value(known[key], given)
            except ValidationError as error:
                errors[key] = error.detail
        if errors:
            raise ValidationError(errors)
        return values

    def to_representation(self, value: Any) -> Any:
        """As it is kept."""
        return value


class CustomValuesMixin:
    """For a serializer with a `custom`. Its validate() calls `take_custom`."""

    def take_custom(self: Any, attrs: dict[str, Any]) -> Errors:
        """Make of the given values what the record's `custom` becomes; returns what stands against it."""
        is_new, replaces = self.instance is None, not self.partial
        if "custom" not in attrs and not (is_new or replaces):
            return {}
        held = {} if is_new else self.instance.custom
        attrs["custom"], errors = merged(
            self.fields["custom"].definitions,
            held,
            attrs.get("custom", {}),
            replaces=replaces,
            is_new=is_new,
        )
        return {"custom": errors} if errors else {}
