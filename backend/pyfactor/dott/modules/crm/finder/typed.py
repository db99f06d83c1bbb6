"""What somebody typed, read in every way it can be meant."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from dott.modules.crm.search import (
    SUBSTRING_MIN_LENGTH,
    begins_word,
    is_phone,
    phone_digits,
    search_condition,
    search_terms,
    search_words,
)

_NUMBER = re.compile(r"#?(?:([cd])-?)?0*([1-9][0-9]{0,17})")
# The beginning of a running number as it is shown: C-, C-0, C-0000.
_BEGUN = re.compile(r"#?([cd])-([0-9]{0,18})")
_VAGUE = re.compile(r"\+?[0-9]{0,2}")
# Beyond this a digit or two cannot be told from a phone number's beginning.
_PHONE = re.compile(r"[0-9+()./ -]*[0-9][0-9+()./ -]*")
_PHONE_MIN_DIGITS = 5
# Shorter terms are taken at their word.
ALIKE_MIN_LENGTH = 4
# Two letters swapped take four trigrams away; a term up to this length has not enough left to be alike.
SWAP_MAX_LENGTH = 7


@dataclass(frozen=True, slots=True)
class Typed:
    """key: all of it as names are compared. terms: its words. number: a running number that it may be."""

    key: str
    terms: tuple[str, ...]
    number: int | None
    # The letter in front of the number: "c" of a customer's, "d" of a deal's, "" where it says neither.
    series: str
    # The digits behind it as they were typed, "0042" of "C-0042"; None unless it is written so.
    series_digits: str | None
    is_phone: bool

    @classmethod
    def read(cls, text: str) -> "Typed":
        """Any text at all; nothing in it is an error."""
        key = " ".join(search_words(text))
        number = _NUMBER.fullmatch(key)
        begun = _BEGUN.fullmatch(key)
        digits = sum(character.isdigit() for character in key)
        return cls(
            key=key,
            terms=tuple(search_terms(text)),
            number=int(number[2]) if number else None,
            series=(number and number[1]) or (begun and begun[1]) or "",
            series_digits=begun[2] if begun else None,
            is_phone=digits >= _PHONE_MIN_DIGITS and _PHONE.fullmatch(key) is not None,
        )

    @property
    def phone(self) -> str:
        """Its digits as those of a telephone number with country code."""
        return phone_digits(self.terms)

    @property
    def is_email(self) -> bool:
        """Whether it is the beginning of an address, or a piece of one."""
        return len(self.terms) == 1 and "@" in self.key

    @property
    def words(self) -> Q:
        """Each term begins a word."""
        return Q(*(begins_word(term) for term in self.terms))

    @property
    def says_words(self) -> bool:
        """Whether its terms begin words: a running number and a grouped phone number are one piece."""
        return self.series_digits is None and not (len(self.terms) > 1 and all(map(is_phone, self.terms)))

    @property
    def is_vague(self) -> bool:
        """Whether it is one or two digits: too many records have them to tell apart by the index."""
        if self.series_digits is not None:
            return len(self.series_digits) < SUBSTRING_MIN_LENGTH
        return all(_VAGUE.fullmatch(term) for term in self.terms)

    @property
    def anywhere(self) -> Q:
        """Each term is found somewhere, digits also as a phone number (search.py)."""
        if self.is_dialled:
            return Q(search_text__contains_safe=self.phone)
        return search_condition(self.key)

    @property
    def is_dialled(self) -> bool:
        """Whether it can only be a phone number in groups; each group for itself would say nothing."""
        grouped = len(self.terms) > 1 and all(map(is_phone, self.terms))
        return grouped and self.key.startswith(("+", "0")) and len(self.phone) >= SUBSTRING_MIN_LENGTH

    def alike(self, unknown: Collection[str]) -> Q:
        """Her terms with typing errors in those that no record has, or, where each one is somewhere, in one
        of them: `maria bauer` may be Mario.

        unknown: of `mistypable`. A disjunction of conjunctions, each of which the trigram index answers by
        itself, so that a word that half of the records have costs little beside one that is rare.
        """
        wrong = [max(unknown, key=len)] if unknown else self.mistypable
        ways = (
            way & Q(*(_nearly(other, is_unknown=other in unknown) for other in self.terms if other != term))
            for term in wrong
            for way in _mended(term)
        )
        return reduce(or_, ways)

    @property
    def mistypable(self) -> list[str]:
        """The terms of which a likeness would say anything: of three letters every other word has two, and
        numbers are what they are."""
        if self.series_digits is not None:
            return []
        return [term for term in self.terms if len(term) >= ALIKE_MIN_LENGTH and not term.isdigit()]

    @property
    def says_more_anywhere(self) -> bool:
        """Whether `anywhere` can find what `words` cannot: one or two letters only begin words."""
        return any(len(term) >= SUBSTRING_MIN_LENGTH for term in self.terms) or len(self.terms) > 1


def _mended(term: str) -> list[Q]:
    """Each way in which a term with a typing error is found."""
    ways = [Q(search_text__alike_safe=term)]
    if len(term) <= SWAP_MAX_LENGTH:
        ways += [Q(search_text__contains_safe=f" {swapped}") for swapped in _swaps(term)]
    return ways


def _nearly(term: str, *, is_unknown: bool) -> Q:
    if is_unknown:
        return Q(search_text__alike_safe=term)
    return Q(search_text__contains_safe=term if len(term) >= ALIKE_MIN_LENGTH else f" {term}")


def _swaps(term: str) -> list[str]:
    """The term with each two neighbouring letters in the other order, the first one in its place."""
    return [
        term[:at] + term[at + 1] + term[at] + term[at + 2 :]
        for at in range(1, len(term) - 1)
        if term[at] != term[at + 1]
    ]
