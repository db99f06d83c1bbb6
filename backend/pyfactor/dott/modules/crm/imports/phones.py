"""Phone numbers as people write them → E.164, by the numbering plan of the row's country.

The rules and metadata are those of libphonenumber (the `phonenumbers` package). Its parser spends
some 40 µs on a number, most of it on forms that lists of customers rarely hold, so ordinary national
and international forms take a short way through the same metadata and everything else goes the long
way. tests/imports/test_phones.py proves that both ways give the same answer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, ValidationResult

PLAIN = re.compile(r"\+?[0-9 ()./-]{5,30}")
REGIONS = {str(code): regions for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()}
KEEP_DIGITS = str.maketrans("", "", " ()./-")


class Phone(NamedTuple):
    """e164: '+498912345'. extension: digits, often ''."""

    e164: str
    extension: str


class _Plan(NamedTuple):
    """The part of a region's metadata that the short way needs."""

    calling_code: str
    foreign_prefix: re.Pattern[str]
    trunk_prefix: re.Pattern[str] | None
    number: re.Pattern[str]
    lengths: frozenset[int]
    kinds: tuple[tuple[re.Pattern[str], frozenset[int]], ...]


def parse_phone(text: str, region: str | None) -> Phone | None:
    """The E.164 form, or None when there is none. region: ISO alpha-2 or None.

    As for a number typed into a form (crm/phones.py): with + only the length must be possible, since
    new ranges open before the metadata know them; a local number must be valid in its country.
    """
    if PLAIN.fullmatch(text):
        e164 = _short_way(text, region)
        if e164:
            return Phone(e164, "")
    return _long_way(text, region)


def _long_way(text: str, region: str | None) -> Phone | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if text.startswith(("+", "＋")):
        is_good = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    else:
        is_good = phonenumbers.is_valid_number(number)
    if not is_good:
        return None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(e164, number.extension or "")


def _short_way(text: str, region: str | None) -> str | None:
    """The E.164 form when the plain rules give a valid number; None means "ask the library"."""
    digits = text.translate(KEEP_DIGITS)
    if digits[:1] == "+":
        digits = digits[1:]
        for size in (1, 2, 3):
            regions = REGIONS.get(digits[:size])
            if regions:
                return _national(digits[size:], _plan(regions[0]))
        return None
    plan = _plan(region) if region else None
    # Numbers that start like the country's own calling code or a foreign prefix are ambiguous.
    if plan is None or digits.startswith(plan.calling_code) or plan.foreign_prefix.match(digits):
        return None
    return _national(digits, plan)


def _national(digits: str, plan: _Plan | None) -> str | None:
    if plan is None:
        return None
    if plan.trunk_prefix and (prefix := plan.trunk_prefix.match(digits)) and prefix.end():
        stripped = digits[prefix.end() :]
        # The library strips a trunk prefix only when that does not make a good number bad.
        if plan.number.fullmatch(digits) or len(stripped) not in plan.lengths:
            return None
        digits = stripped
    size = len(digits)
    if size not in plan.lengths or not plan.number.fullmatch(digits):
        return None
    for pattern, lengths in plan.kinds:
        if size in lengths and pattern.fullmatch(digits):
            return f"+{plan.calling_code}{digits}"
    return None


@lru_cache(maxsize=300)
def _plan(region: str) -> _Plan | None:
    meta = PhoneMetadata.metadata_for_region(region, None)
    if meta is None or meta.national_prefix_transform_rule or not _lengths(meta.general_desc):
        return None
    kinds = [
        (re.compile(kind.national_number_pattern), _lengths(kind) or _lengths(meta.general_desc))
        for kind in (meta.mobile, meta.fixed_line)
        if kind and kind.national_number_pattern and -1 not in (kind.possible_length or ())
    ]
    trunk = meta.national_prefix_for_parsing
    return _Plan(
        calling_code=str(meta.country_code),
        foreign_prefix=re.compile(meta.international_prefix or "(?!)"),
        trunk_prefix=re.compile(trunk) if trunk else None,
        number=re.compile(str(meta.general_desc and meta.general_desc.national_number_pattern)),
        lengths=_lengths(meta.general_desc),
        kinds=tuple(kinds),
    )


def _lengths(description: phonenumbers.PhoneNumberDesc | None) -> frozenset[int]:
    return frozenset((description and description.possible_length) or ())
