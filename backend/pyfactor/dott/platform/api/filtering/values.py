"""The value of one condition: what JSON a kind of field takes, and what becomes of it."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from dott.platform.api.filtering.fields import FilterField
from dott.platform.api.filtering.periods import Period, parse_period
from dott.platform.api.filtering.refusal import Place, Refused
from dott.platform.tenancy.context import current

# More values than this belong in another field of the record.
MAX_VALUES = 100
MAX_TEXT_LENGTH = 1_000
_MAX_DIGITS = 30
_INTEGERS = (-(2**63), 2**63 - 1)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

# A member whose id is only known when the filter is applied.
ME = "me"
Moment = date | datetime | Period
Value = None | str | bool | Decimal | UUID | Moment | list[Any]


def read_value(field: FilterField, op: str, data: Any, place: Place) -> Value:
    """The typed value. Raises Refused for one that the field cannot be compared with by this operator."""
    if op in ("in", "not_in"):
        return _list(field, data, place)
    if op == "between":
        return _pair(field, data, place)
    if op == "within":
        return _period(data, place)
    value: Value = _one(field, op, data, place)
    return value


def member_or(value: Any) -> Any:
    """The acting member's id for `me`, anything else as it is."""
    return current().membership_id if value == ME else value


def _list(field: FilterField, data: Any, place: Place) -> list[Any]:
    if not isinstance(data, list) or not data:
        raise Refused(place, "not_a_list", "This is a list of at least one value.")
    if len(data) > MAX_VALUES:
        raise Refused(place, "too_many_values", f"At most {MAX_VALUES} values can be given.")
    return [_one(field, "in", item, (*place, index)) for index, item in enumerate(data)]


def _pair(field: FilterField, data: Any, place: Place) -> list[Any]:
    if not isinstance(data, list) or len(data) != 2:
        raise Refused(place, "not_a_pair", "“between” takes a list of two values, both included.")
    return [_one(field, "between", item, (*place, index)) for index, item in enumerate(data)]


def _one(field: FilterField, op: str, data: Any, place: Place) -> Any:
    match field.kind:
        case "text":
            return _text(data, place)
        case "select":
            return _choice(field, data, place)
        case "bool":
            return _bool(data, place)
        case "number":
            return _number(field, data, place)
        case "relation":
            return _reference(field, data, place)
    return _moment(field, op, data, place)


def _text(data: Any, place: Place) -> str:
    if not isinstance(data, str) or not data:
        raise Refused(place, "not_a_text", "This is a text of at least one character.")
    if len(data) > MAX_TEXT_LENGTH:
        raise Refused(place, "too_long", f"At most {MAX_TEXT_LENGTH:,} characters.")
    # What PostgreSQL's text cannot hold: NUL and halves of a surrogate pair.
    if "\x00" in data or any("\ud800" <= letter <= "\udfff" for letter in data):
        raise Refused(place, "invalid_text", "This text holds characters that no record can hold.")
    return data


def _choice(field: FilterField, data: Any, place: Place) -> str:
    if not isinstance(data, str) or data not in field.choices:
        raise Refused(place, "invalid_choice", f"This is one of {', '.join(field.choices)}.")
    return data


def _bool(data: Any, place: Place) -> bool:
    if not isinstance(data, bool):
        raise Refused(place, "not_a_boolean", "This is true or false.")
    return data


def _number(field: FilterField, data: Any, place: Place) -> Decimal:
    is_number = isinstance(data, int | float) and not isinstance(data, bool)
    if not is_number and not (isinstance(data, str) and _DECIMAL.fullmatch(data)):
        raise Refused(place, "not_a_number", "This is a number, or a text that holds one.")
    number = Decimal(str(data))
    digits, exponent = number.as_tuple().digits, number.as_tuple().exponent
    if not isinstance(exponent, int) or len(digits) + abs(exponent) > _MAX_DIGITS:
        raise Refused(place, "out_of_range", "This number is too large or too exact.")
    if field.is_integer and (number % 1 or not _INTEGERS[0] <= number <= _INTEGERS[1]):
        raise Refused(place, "not_an_integer", "This is a whole number.")
    return number


def _reference(field: FilterField, data: Any, place: Place) -> UUID | str:
    if field.is_member and data == ME:
        return ME
    if not isinstance(data, str) or not _ID.fullmatch(data):
        raise Refused(place, "not_an_id", "This is an id, or “me”." if field.is_member else "This is an id.")
    return UUID(data)


def _period(data: Any, place: Place) -> Period:
    period = parse_period(data) if isinstance(data, str) else None
    if period is None:
        raise Refused(
            place,
            "not_a_period",
            "This is a period such as “today”, “this month”, “last 30 days” or “next 2 weeks”.",
        )
    return period


def _moment(field: FilterField, op: str, data: Any, place: Place) -> Moment:
    if isinstance(data, str):
        if _DATE.fullmatch(data):
            try:
                return date.fromisoformat(data)
            except ValueError:
                raise Refused(place, "no_such_date", "There is no such date.") from None
        if (period := parse_period(data)) is not None:
            return period
        if field.kind == "instant" and op != "on" and (instant := _instant(data)) is not None:
            return instant
    raise Refused(
        place,
        "not_a_date",
        "This is a date such as 2026-01-31, or a period such as “today” or “next 7 days”.",
    )


def _instant(text: str) -> datetime | None:
    """An instant with its offset from UTC (RFC 3339); None for anything else."""
    try:
        instant = parse_datetime(text)
        return instant.astimezone(UTC) if instant is not None and instant.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
