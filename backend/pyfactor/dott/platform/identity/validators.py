"""Codes of the standards that the data model names: ISO 4217, ISO 3166-1, BCP 47, IANA time zones."""

from functools import cache
from zoneinfo import available_timezones

import pycountry
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

validate_slug = RegexValidator(r"^[a-z0-9-]{3,40}\Z", "Use 3 to 40 lower-case letters, digits or hyphens.")
# The parts of BCP 47 that a business meets: language, script, region, variant.
validate_language = RegexValidator(
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*\Z",
    "Use a language tag such as en, de-CH or zh-Hant.",
)


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def validate_timezone(value: str) -> None:
    """Raises ValidationError unless value is a key of the IANA time zone database."""
    if value not in _timezones():
        raise ValidationError("Use a time zone name such as Europe/Berlin.", code="unknown_timezone")


def validate_currency(value: str) -> None:
    """Raises ValidationError unless value is an ISO 4217 code."""
    if value != value.upper() or pycountry.currencies.get(alpha_3=value) is None:
        raise ValidationError("Use a currency code such as EUR.", code="unknown_currency")


def validate_country(value: str) -> None:
    """Raises ValidationError unless value is an ISO 3166-1 alpha-2 code."""
    if value != value.upper() or pycountry.countries.get(alpha_2=value) is None:
        raise ValidationError("Use a country code such as DE.", code="unknown_country")
