"""What each type of field takes, and the one form in which it is kept.

    text, long_text, url, email   text                 money         {"amount": "12.5", "currency": "EUR"}
    phone                         E.164                bool          true, false
    number                        "12.5"               select        an option's id
    date                          "2026-01-31"         multi_select  their ids, in the order of the options
    datetime                      "2026-01-31T09:30:00Z", UTC, whole seconds

Equal values are equal JSON, and no digit of a number is lost on its way through JavaScript.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from dott.modules.crm.custom.definitions import Definition
from dott.modules.crm.phones import PhoneError, to_e164
from dott.modules.crm.validators import http_url
from dott.platform.identity.validators import validate_currency

TEXT_MAX_LENGTH = 255
LONG_TEXT_MAX_LENGTH = 20_000
URL_MAX_LENGTH = 2_048
PHONE_MAX_LENGTH = 40
NUMBER_DIGITS, NUMBER_PLACES = 21, 6
AMOUNT_DIGITS, AMOUNT_PLACES = 18, 4

_OFFSET = re.compile(r"[Tt ].*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)\Z")
_EMPTY: tuple[Any, ...] = (None, "", [], {})


class Doubtful:
    """A value that only a record which has it already may keep. error: for every other."""

    def __init__(self, value: Any, error: ErrorDetail) -> None:
        self.value, self.error = value, error


def read_value(definition: Definition, data: Any) -> Any:
    """The value as it is kept, None for an empty one, Doubtful for an archived field or option.

    Raises ValidationError for what the field does not take.
    """
    if isinstance(data, str):
        data = unicodedata.normalize("NFC", data)
    value = None if _is_empty(data) else _READERS[definition.type](definition, data)
    value = None if _is_empty(value) else value
    if definition.is_archived:
        return Doubtful(value, ErrorDetail("This field is archived.", code="archived_field"))
    if value is not None and _archived_in(definition, value):
        return Doubtful(value, ErrorDetail("This option is archived.", code="archived_option"))
    return value


def _is_empty(value: Any) -> bool:
    # Not `in`: 0 and False are values.
    return any(type(value) is type(empty) and value == empty for empty in _EMPTY)


def _archived_in(definition: Definition, value: Any) -> bool:
    archived = {option.id for option in definition.options if option.is_archived}
    return not archived.isdisjoint(value if isinstance(value, list) else [value]) if archived else False


def _read_by(field: "serializers.Field[Any, Any, Any, Any]", form: Callable[[Any], Any] = lambda v: v) -> Any:
    def read(_definition: Definition, data: Any) -> Any:
        return form(field.run_validation(data))

    return read


def decimal_text(value: Decimal) -> str:
    """12.50 → "12.5", 0E+3 → "0"."""
    return f"{value.normalize() + 0:f}"


def instant_text(value: datetime) -> str:
    """In UTC, to the second."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


class _InstantField(serializers.DateTimeField):
    """Without an offset the business could not know what is meant."""

    def to_internal_value(self, value: Any) -> datetime:
        """The instant. Raises ValidationError for one without an offset, or beyond what UTC reaches."""
        try:
            found = super().to_internal_value(value)
            if isinstance(value, str) and not _OFFSET.search(value):
                raise ValidationError("Write the offset from UTC, as in 2026-01-31T09:30:00Z.", "no_offset")
            return found.astimezone(UTC)
        except OverflowError:
            raise ValidationError("There is no such instant in UTC.", "invalid") from None


_amount = serializers.DecimalField(max_digits=AMOUNT_DIGITS, decimal_places=AMOUNT_PLACES)
_currency = serializers.CharField(max_length=3, validators=[validate_currency])


def _money(_definition: Definition, data: Any) -> dict[str, str]:
    if not isinstance(data, Mapping):
        raise ValidationError("This is an object with amount and currency.", "not_money")
    parts, errors = {}, {}
    readers: dict[str, Any] = {"amount": _amount, "currency": _currency}
    for name, field in readers.items():
        try:
            parts[name] = field.run_validation(data.get(name, serializers.empty))
        except ValidationError as error:
            errors[name] = error.detail
    for name in set(data) - set(readers):
        errors[str(name)] = [ErrorDetail("There is no such field.", code="unknown_field")]
    if errors:
        raise ValidationError(errors)
    return {"amount": decimal_text(parts["amount"]), "currency": parts["currency"]}


def _select(definition: Definition, data: Any) -> str:
    if not isinstance(data, str) or data not in definition.choices:
        raise ValidationError("This is none of the options.", "invalid_choice")
    return data


def _multi_select(definition: Definition, data: Any) -> list[str]:
    if not isinstance(data, list):
        raise ValidationError("This is a list of options.", "not_a_list")
    chosen = {_select(definition, one) for one in data}
    return [one for one in definition.choices if one in chosen]


_phone_text = serializers.CharField(max_length=PHONE_MAX_LENGTH)


def _phone(_definition: Definition, data: Any) -> str:
    text = _phone_text.run_validation(data)
    try:
        return to_e164(text)
    except PhoneError as error:
        sentence = "Start the number with + and the country code."
        code = error.code
        raise ValidationError(sentence if code == "phone_without_country" else str(error), code) from None


_READERS: dict[str, Callable[[Definition, Any], Any]] = {
    "text": _read_by(serializers.CharField(max_length=TEXT_MAX_LENGTH, allow_blank=True)),
    "long_text": _read_by(serializers.CharField(max_length=LONG_TEXT_MAX_LENGTH, allow_blank=True)),
    "number": _read_by(
        serializers.DecimalField(max_digits=NUMBER_DIGITS, decimal_places=NUMBER_PLACES), decimal_text
    ),
    "money": _money,
    "date": _read_by(serializers.DateField(), date.isoformat),
    "datetime": _read_by(_InstantField(), instant_text),
    "bool": _read_by(serializers.BooleanField()),
    "select": _select,
    "multi_select": _multi_select,
    "url": _read_by(
        serializers.CharField(max_length=URL_MAX_LENGTH, allow_blank=True, validators=[http_url])
    ),
    "email": _read_by(serializers.EmailField(max_length=254, allow_blank=True)),
    "phone": _phone,
}
