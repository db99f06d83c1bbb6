"""The short way through the numbering plans gives the library's own answer, for every region."""

import random

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dott.modules.crm.imports import phones
from dott.modules.crm.imports.phones import parse_phone

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


def library(text, region):
    """The library's answer under the rule of parse_phone."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    possible = (
        phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    )
    if not (possible if text.startswith("+") else phonenumbers.is_valid_number(number)):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@pytest.mark.parametrize("region", REGIONS)
def test_example_numbers_and_their_neighbours_agree(region):
    draw = random.Random(region)
    for kind in (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE):
        example = phonenumbers.example_number_for_type(region, kind)
        if example is None:
            continue
        for layout in (
            phonenumbers.PhoneNumberFormat.NATIONAL,
            phonenumbers.PhoneNumberFormat.INTERNATIONAL,
            phonenumbers.PhoneNumberFormat.E164,
        ):
            text = phonenumbers.format_number(example, layout)
            for _ in range(12):
                found = parse_phone(text, region)
                assert (found and found.e164) == library(text, region), (text, region)
                place = draw.randrange(len(text))
                if text[place].isdigit():
                    text = text[:place] + str(draw.randrange(10)) + text[place + 1 :]


@settings(
    max_examples=400,
)
@given(
    st.sampled_from(REGIONS),
    st.text(alphabet="0123456789", min_size=3, max_size=14),
    st.sampled_from(["", "0", "00", "+", "1", "8"]),
)
def test_arbitrary_digits_agree(region, digits, prefix):
    found = parse_phone(prefix + digits, region)
    assert (found and found.e164) == library(prefix + digits, region)


def test_ordinary_numbers_take_the_short_way(monkeypatch):
    monkeypatch.setattr(phones, "_long_way", lambda text, region: pytest.fail(text))
    assert parse_phone("030 12345678", "DE").e164 == "+493012345678"
    assert parse_phone("(503) 555-7555", "US").e164 == "+15035557555"
    assert parse_phone("011-4988260", "IT").e164 == "+390114988260"
    assert parse_phone("+44 20 7946 0018", None).e164 == "+442079460018"


def test_extensions_are_kept_apart():
    assert parse_phone("(503) 555-7555 ext. 12", "US") == ("+15035557555", "12")


@pytest.mark.parametrize("text", ["88.60.15.31", "n/a", "+", "12", "030 123456 / 040 654321 oder mobil"])
def test_what_cannot_be_dialled_is_none(text):
    assert parse_phone(text, "FR") is None


def test_a_local_number_without_a_country_is_none():
    assert parse_phone("030 12345678", None) is None
