"""What a value must be beyond its written form. Serializers inherit these from the model's fields."""

from functools import cache

import pycountry
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

http_url = URLValidator(
    schemes=["http", "https"],
    message="Write a web address with https:// or http:// in front.",
    code="not_http_url",
)


@cache
def countries() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes, and XK for Kosovo, which ISO leaves to its users but post and phones use."""
    return frozenset(country.alpha_2 for country in pycountry.countries) | {"XK"}


@cache
def languages() -> frozenset[str]:
    """Primary subtags of BCP 47: the two-letter code where there is one, else the three-letter one."""
    return frozenset(getattr(language, "alpha_2", language.alpha_3) for language in pycountry.languages)


def known_country(value: str) -> None:
    """Raises ValidationError `unknown_country`."""
    if value not in countries():
        raise ValidationError("Use a two-letter country code such as DE.", code="unknown_country")


def known_language(value: str) -> None:
    """Raises ValidationError `unknown_language` when the primary subtag is none."""
    if value.partition("-")[0].lower() not in languages():
        raise ValidationError("Use a language tag such as de or pt-BR.", code="unknown_language")
