"""How text comes in, for every resource of the CRM."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, cast

from django.db.models import Field
from rest_framework import serializers

from dott.platform.api.serializers import StrictModelSerializer

# A number may be sent with spaces, brackets and dashes; what is stored is E.164.
PHONE_INPUT_MAX_LENGTH = 40


class Resulting(dict[str, Any]):
    """Attribute → value, found out for those that somebody asks for."""

    def __init__(self, value_of: Callable[[str], Any]) -> None:
        super().__init__()
        self._value_of = value_of

    def __missing__(self, name: str) -> Any:
        self[name] = found = self._value_of(name)
        return found


class ComposedTextSerializer(StrictModelSerializer):
    """Text is stored as given, in Unicode's composed form (NFC), which also has to fit the limits."""

    def to_internal_value(self, data: Any) -> Any:
        """The validated values."""
        if isinstance(data, Mapping):
            data = {
                name: unicodedata.normalize("NFC", value) if isinstance(value, str) else value
                for name, value in data.items()
            }
        return super().to_internal_value(data)

    def value_of(self, attrs: Mapping[str, Any], name: str) -> Any:
        """The value the record would have: sent, or there already, or the default."""
        if name in attrs:
            return attrs[name]
        model: Any = self.Meta.model
        field = cast("Field[Any, Any]", model._meta.get_field(name))
        if self.instance is not None:
            return getattr(self.instance, field.attname)
        return field.get_default()

    def resulting(self, attrs: Mapping[str, Any]) -> Resulting:
        """For rules between fields: the values the record would have."""
        return Resulting(lambda name: self.value_of(attrs, name))


def phone_field() -> serializers.CharField:
    """A phone number as people write it; to be made E.164 when it is known where it was written."""
    return serializers.CharField(
        max_length=PHONE_INPUT_MAX_LENGTH,
        required=False,
        allow_blank=True,
        help_text="E.164; a local number is accepted too when the country is known.",
    )
