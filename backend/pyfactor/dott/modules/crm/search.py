"""What people type into the search box → conditions on `search_text`.

Every term must be found (AND), in any order, without regard to case and accents. A term of three
characters or more is found anywhere in a word, a shorter one only at a word's beginning: that is what
a trigram index can answer. Digits are also tried as a phone number, however they are grouped.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from django.db.models import Q

from dott.platform.tenancy.search import search_key

# Each term is one index scan; nobody types more, and what pastes a page in is not a search.
MAX_TERMS = 10
# The shortest text of which a trigram index knows a whole trigram.
SUBSTRING_MIN_LENGTH = 3

_PHONE_TERM = re.compile(r"[0-9+()./-]*[0-9][0-9+()./-]*")
_NUMBER = re.compile(r"([cd])-?0*([1-9][0-9]{0,17})")
# "+49 (0)89": the trunk prefix that is not dialled from abroad.
_OPTIONAL_TRUNK = re.compile(r"\(0\)")


def search_condition(text: str) -> Q:
    """The condition for a search text of any content; an empty one matches everything."""
    condition = Q()
    for is_number, neighbours in groupby(search_terms(text), key=is_phone):
        group = list(neighbours)
        condition &= _phone(group) if is_number else _words(group)
    return condition


def search_terms(text: str) -> list[str]:
    """The words to look for, each once, as search keys."""
    return list(dict.fromkeys(search_words(text)))[:MAX_TERMS]


def search_words(text: str) -> list[str]:
    """The words of a text as search keys."""
    # What PostgreSQL's text cannot hold (NUL, lone surrogates) cannot be found in it either.
    storable = text.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")
    return search_key(storable).split()


def is_phone(term: str) -> bool:
    """Whether a term can be a phone number or a group of its digits."""
    return _PHONE_TERM.fullmatch(term) is not None


def _words(terms: list[str]) -> Q:
    condition = Q()
    for term in terms:
        found = _contains(term)
        if number := _NUMBER.fullmatch(term):
            # C-42 is C-000042, which search_text holds as 42/c-000042; D-42 is a deal's.
            found |= Q(search_text__contains_safe=f" {number[2]}/{number[1]}-")
        condition &= found
    return condition


def _phone(terms: list[str]) -> Q:
    """Neighbouring groups of digits: each by itself, or together as one phone number.

    Stored numbers begin with the country code, so leading zeros (trunk or international prefix) are
    dropped and the rest is looked for anywhere in the number.
    """
    number = phone_digits(terms)
    condition = _words(terms)
    if len(number) >= SUBSTRING_MIN_LENGTH and [number] != terms:
        condition |= Q(search_text__contains_safe=number)
    return condition


def begins_word(term: str) -> Q:
    """A word begins with the term. Stored phone numbers are bare digits, so +49 is 49."""
    digits = term[1:]
    is_country = term.startswith("+") and digits.isascii() and digits.isdigit()
    return Q(search_text__contains_safe=f" {digits if is_country else term}")


def phone_digits(terms: Iterable[str]) -> str:
    """The digits of a phone number in groups, without leading zeros and a trunk prefix in brackets."""
    return re.sub(r"[^0-9]", "", _OPTIONAL_TRUNK.sub("", "".join(terms))).lstrip("0")


def _contains(term: str) -> Q:
    if term.startswith("+") or len(term) < SUBSTRING_MIN_LENGTH:
        return begins_word(term)
    return Q(search_text__contains_safe=term)
