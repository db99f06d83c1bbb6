"""Sessions hold what is pending in them, such as the code that was mailed. The table holds it sealed."""

import base64
import json
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def seal(content: dict[str, Any]) -> str:
    """JSON, encrypted and signed with a key that follows from SECRET_KEY; "" for nothing."""
    return _box().encrypt(json.dumps(content).encode()).decode() if content else ""


def unseal(text: str) -> dict[str, Any]:
    """The content again; nothing when the key it was sealed with is no longer known."""
    if not text:
        return {}
    try:
        content: dict[str, Any] = json.loads(_box().decrypt(text.encode()))
    except InvalidToken:
        return {}
    return content


def _box() -> MultiFernet:
    return _box_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@cache
def _box_of(secrets: tuple[str, ...]) -> MultiFernet:
    digests = [sha256(b"dott.identity.session " + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
