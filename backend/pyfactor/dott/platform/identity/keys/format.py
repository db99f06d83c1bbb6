"""What a key looks like: `dott_key_<8 for its name>_<43 secret><6 checksum>`, letters and digits only.

The prefix is for scanners that look for leaked secrets, the checksum lets them and us tell a typo from a key
without asking the database. 43 base62 digits are 256 random bits, so one round of SHA-256 is hash enough.
"""

import re
import secrets
import string
from hashlib import sha256
from typing import NamedTuple
from zlib import crc32

PREFIX = "dott_key_"
_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_SHAPE = re.compile(rf"({PREFIX}[0-9A-Za-z]{{8}})_[0-9A-Za-z]{{43}}([0-9A-Za-z]{{6}})")
_CHECKSUM_LENGTH = 6


class NewKey(NamedTuple):
    """key: for its owner's eyes, once. name: how lists show it, `dott_key_` and 8 characters."""

    key: str
    name: str


def new_key() -> NewKey:
    """A key that nobody has."""
    name = PREFIX + _random(8)
    body = f"{name}_{_random(43)}"
    return NewKey(body + checksum(body), name)


def checksum(body: str) -> str:
    """CRC-32 (ISO 3309) of what stands before it, as six base62 digits."""
    number = crc32(body.encode())
    digits = ""
    for _ in range(_CHECKSUM_LENGTH):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def is_well_formed(text: str) -> bool:
    """Whether somebody could have been given this key: shape and checksum, no more."""
    return (
        _SHAPE.fullmatch(text) is not None and checksum(text[:-_CHECKSUM_LENGTH]) == text[-_CHECKSUM_LENGTH:]
    )


def key_proof(key: str) -> bytes:
    """sha256 of a key: what the database is shown to let its bearer in."""
    return sha256(key.encode()).digest()


def stored_hash(key: str) -> bytes:
    """sha256 of the proof: what the table keeps. Neither the table nor a query log lets anybody in."""
    return sha256(key_proof(key)).digest()


def _random(length: int) -> str:
    return "".join(secrets.choice(_DIGITS) for _ in range(length))
