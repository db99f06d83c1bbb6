"""From what somebody knows of a person to regular expressions of PostgreSQL that find it in texts.

Nothing of what was typed is an expression: each of its characters stands for itself, for its other case (the
operators ignore case) or for its accented forms. Between the digits of a telephone number and the words of
a name the usual separators may stand. There is no repetition but of those, so no text makes them slow.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

# Between digits; and between words, where in JSON a quote and a comma may stand, too.
_DIGIT_GAP = r"[ ()./-]{0,3}"
_WORD_GAP = r"""[[:space:],;"]{1,4}"""
# Fewer digits than these are found in anything.
LEAST_DIGITS = 6
LEAST_NAME = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """What a person is known by. Empty strings are left out; a name has first and last name in any order."""

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def merged(self, other: "Subject") -> "Subject":
        """Both of them."""
        return Subject(
            tuple(dict.fromkeys([*self.emails, *other.emails])),
            tuple(dict.fromkeys([*self.phones, *other.phones])),
            tuple(dict.fromkeys([*self.names, *other.names])),
        )


@dataclass(frozen=True, slots=True)
class Patterns:
    """One expression for each sort, "" where nothing is known. erased: what is taken out of texts."""

    email: str = ""
    phone: str = ""
    name: str = ""
    erased: str = field(default="", repr=False)

    def of(self, kind: str) -> str:
        """What to look for in a field of that kind: name, email, phone, or all of them in a text."""
        if kind == "text":
            return _either([self.email, self.phone, self.name])
        return str(getattr(self, kind))


def patterns_of(subject: Subject) -> Patterns:
    """erased leaves out names of a single word, which are anybody's."""
    email = _either(_email(one) for one in subject.emails if "@" in one.strip(" @"))
    phone = _either(_phone(one) for one in subject.phones if len(_digits(one)) >= LEAST_DIGITS)
    known = [one for one in subject.names if len(one.strip()) >= LEAST_NAME]
    name = _either(_name(one) for one in known)
    whole = _either(_name(one) for one in known if len(one.split()) > 1)
    return Patterns(email, phone, name, _either([email, phone, whole]))


def _either(parts: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(part for part in parts if part))


def _email(address: str) -> str:
    return rf"(?<![[:alnum:]._%+-]){_literal(address.strip())}(?![[:alnum:]-])"


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def _phone(phone: str) -> str:
    """+49 30 901820 as +4930901820, 0049…, and as it is dialled at home, 030 901820."""
    digits = _digits(phone)
    spaced = _DIGIT_GAP.join
    forms = [spaced(digits)]
    if phone.strip().startswith("+"):
        # Country codes have one to three digits; whichever it is, what is left is dialled with a 0.
        forms += ["0" + _DIGIT_GAP + spaced(digits[n:]) for n in (1, 2, 3) if len(digits) - n >= LEAST_DIGITS]
    return rf"(?<![0-9])(?:\+|00)?(?:{'|'.join(forms)})(?![0-9])"


def _name(name: str) -> str:
    """Words in this order, or the last one first."""
    words = [_literal(word) for word in name.split()]
    orders = [words] if len(words) == 1 else [words, [words[-1], *words[:-1]]]
    either = "|".join(_WORD_GAP.join(order) for order in orders)
    return rf"(?<![[:alpha:]])(?:{either})(?![[:alpha:]])"


def _literal(text: str) -> str:
    return "".join(_letter(character) for character in text)


def _letter(character: str) -> str:
    base = unicodedata.normalize("NFKD", character.lower())[0]
    alike = _alike().get(base, "")
    if alike:
        return f"[{base}{alike}]"
    if character == '"':
        return r'\\?"'
    return character if character.isalnum() else f"\\{character}" if character.isascii() else character


@cache
def _alike() -> dict[str, str]:
    """Letter → its forms with an accent, of the Latin alphabet."""
    found: dict[str, str] = {}
    for code in range(0xC0, 0x180):
        letter = chr(code)
        decomposed = unicodedata.normalize("NFKD", letter)
        if len(decomposed) > 1 and decomposed[0].isascii() and decomposed[0].isalpha():
            base = decomposed[0].lower()
            found[base] = found.get(base, "") + letter
    return found
