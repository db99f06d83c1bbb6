"""Numbers as people write them: decimals, sums of money, percentages."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from .errors import CellError
from .normalise import clean, currency

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_NO_MARKS = str.maketrans("", "", ",.")
_MONEY = re.compile(r"(?P<before>[^0-9-]*)(?P<amount>-?[0-9][0-9.,'\s]*)(?P<after>[^0-9]*)")
# A sum has cents or none: one mark before three digits parts thousands.
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_DIGITS, _PLACES = 14, 4


def number_text(text: str) -> str:
    """1 234,5 → 1234.5, 1,234.5 → 1234.5, 1.234,50 → 1234.50; a comma alone is a decimal one."""
    plain = _SPACES.sub("", clean(text))
    marks = [mark for mark in plain if mark in ",."]
    # Several of one kind part thousands; else the last one begins the fraction.
    point = marks[-1] if marks and (len(marks) == 1 or marks[-1] != marks[0]) else ""
    whole, _, fraction = plain.rpartition(point) if point else (plain, "", "")
    return whole.translate(_NO_MARKS) + (f".{fraction}" if point else "")


def money_parts(text: str) -> tuple[str, str]:
    """'€ 12.50' → the number's text, and what stands beside it, "" for nothing. Raises CellError."""
    match = _MONEY.fullmatch(clean(text))
    if match is None:
        raise CellError("not_money", f"{text!r} is not an amount such as 12.50.")
    return match["amount"], match["before"].strip() or match["after"].strip()


def amount(text: str) -> tuple[str, str]:
    """An amount as the database writes it, four decimals, and its currency, "" where the cell has none.

    Raises CellError: not_money, negative_amount, too_large, unknown_currency.
    """
    number, sign = money_parts(text)
    plain = _SPACES.sub("", number)
    plain = plain.translate(_NO_MARKS) if _THOUSANDS.fullmatch(plain) else number_text(plain)
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise CellError("not_money", f"{text!r} is not an amount such as 12.50.") from None
    if value < 0:
        raise CellError("negative_amount", "An amount is not below zero.")
    if value >= 10**_DIGITS:
        raise CellError("too_large", f"At most {_DIGITS} digits are possible before the decimal point.")
    return f"{value:.{_PLACES}f}", currency(sign) if sign else ""


def percent(text: str) -> int:
    """'75', '75 %', '0.75' → 75. Raises CellError: invalid_percent."""
    plain = number_text(clean(text).replace("%", ""))
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal(-1)
    # A fraction is how some programs write a percentage.
    if "." in plain and "%" not in text and 0 < value < 1:
        value *= 100
    if not 0 <= value <= 100:
        raise CellError("invalid_percent", f"{text!r} is no percentage between 0 and 100.")
    return round(value)
