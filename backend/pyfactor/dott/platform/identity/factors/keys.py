"""The keys that seal seeds at rest. A thief of the database, or of a backup, has no codes to enter.

The first of settings.FACTOR_KEYS seals; the others still open, until `manage.py reseal_factors` has moved
every seed to the first. What follows from SECRET_KEY comes last, for an installation that has set no key.
"""

import base64
from functools import cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def seal_secret(text: str) -> str:
    """Encrypted and signed, in ASCII."""
    return _box().encrypt(text.encode()).decode()


def unseal_secret(sealed: str) -> str:
    """The secret again. Raises cryptography.fernet.InvalidToken."""
    return _box().decrypt(sealed.encode()).decode()


def reseal(sealed: str) -> str:
    """The same secret under the first key. Raises cryptography.fernet.InvalidToken."""
    return _box().rotate(sealed.encode()).decode()


def is_sealed_by_the_first(sealed: str) -> bool:
    """Whether the key that seals now has sealed it, and no other key is needed for it."""
    try:
        _box_of(_keys()[:1]).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def _box() -> MultiFernet:
    return _box_of(_keys())


def _keys() -> tuple[str, ...]:
    return (*settings.FACTOR_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@cache
def _box_of(keys: tuple[str, ...]) -> MultiFernet:
    digests = [sha256(b"dott.identity.factor " + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
