"""Places in a column of the board: short texts between any two of which there is room for another.

A rank is a whole number of any length and, where needed, a fraction: a0, a1, …, az, b00; a0V lies between
a0 and a1. The first letter says how many digits the whole has (a two characters, b three; upper case
counts down: Zz lies before a0), so that ranks compare byte by byte and both ends stay short however often
something is put there. Only what is put between grows, a character for every six halvings of one gap;
whoever gets a longer one than MAX_LENGTH spreads the column anew (actions/board.py).
"""

import re
from collections.abc import Iterator
from itertools import islice

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FIRST = "a0"
# The column holds 120; this leaves room for whoever cannot spread the column just now.
MAX_LENGTH = 24

_BASE = len(DIGITS)
_SHAPE = re.compile(r"[A-Za-z][0-9A-Za-z]+")


def is_rank(text: str) -> bool:
    """Whether the text is a rank: deals that were never placed have "", which lies before every rank."""
    if not _SHAPE.fullmatch(text):
        return False
    length = _whole_length(text[0])
    return len(text) == length or (len(text) > length and not text.endswith("0"))


def between(low: str | None, high: str | None) -> str:
    """A rank after `low` and before `high`; None stands for the column's end on that side.

    Raises ValueError unless low < high.
    """
    if low is not None and high is not None and low >= high:
        raise ValueError(f"There is nothing between {low!r} and {high!r}.")
    if low is None:
        return _before(high) if high is not None else FIRST
    whole, fraction = _parts(low)
    following = _stepped(whole, 1)
    if high is None or following < high:
        return following
    high_whole, high_fraction = _parts(high)
    return whole + _middle(fraction, high_fraction if high_whole == whole else None)


def several(low: str | None, high: str | None, count: int) -> list[str]:
    """So many ranks in order after `low` and before `high`, as short as halving the gap makes them.

    Raises ValueError unless low < high.
    """
    if count == 0:
        return []
    if low is not None and high is not None:
        middle, before = between(low, high), (count - 1) // 2
        return [*several(low, middle, before), middle, *several(middle, high, count - 1 - before)]
    one = between(low, high)
    if high is None:
        return [one, *several(one, None, count - 1)]
    return [*several(None, one, count - 1), one]


def spread(count: int) -> list[str]:
    """So many ranks in order, as short as can be."""
    return list(islice(_counting(), count))


def _counting() -> Iterator[str]:
    rank = FIRST
    while True:
        yield rank
        rank = _stepped(rank, 1)


def _before(high: str) -> str:
    whole, fraction = _parts(high)
    return whole if fraction else _stepped(whole, -1)


def _whole_length(letter: str) -> int:
    return ord(letter) - ord("a") + 2 if letter >= "a" else ord("Z") - ord(letter) + 2


def _parts(rank: str) -> tuple[str, str]:
    length = _whole_length(rank[0])
    return rank[:length], rank[length:]


def _stepped(whole: str, step: int) -> str:
    """The next whole number (step 1) or the one before (step -1)."""
    letter, digits = whole[0], [DIGITS.index(digit) for digit in whole[1:]]
    for index in reversed(range(len(digits))):
        digits[index] += step
        if 0 <= digits[index] < _BASE:
            return letter + "".join(DIGITS[digit] for digit in digits)
        digits[index] %= _BASE
    letter = _neighbour(letter, step)
    return letter + ("0" if step > 0 else DIGITS[-1]) * (_whole_length(letter) - 1)


def _neighbour(letter: str, step: int) -> str:
    letters = DIGITS[10:]
    return letters[letters.index(letter) + step]


def _middle(low: str, high: str | None) -> str:
    """A fraction between two; None for one. No fraction ends in 0, or nothing would lie before it."""
    if high is not None:
        padded = low.ljust(len(high), "0")
        same = next((i for i, digit in enumerate(high) if padded[i] != digit), len(high))
        if same:
            return high[:same] + _middle(low[same:], high[same:])
    first = DIGITS.index(low[0]) if low else 0
    last = DIGITS.index(high[0]) if high is not None else _BASE
    if last - first > 1:
        return DIGITS[(first + last) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return DIGITS[first] + _middle(low[1:], None)
