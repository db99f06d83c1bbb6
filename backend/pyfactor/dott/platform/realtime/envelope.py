"""Sealing messages for the way through PostgreSQL.

NOTIFY knows no privileges: every role may send on every channel and listen to it, and so may whoever
stole a role's password. Sealed with a key that only Dott's own processes have, a message tells such a
listener nothing, not even whose it is, and one that he makes up is not believed.
"""

import base64
import json
from functools import cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from dott.platform.realtime.messages import Message

CHANNEL = "dott_realtime"
# PostgreSQL refuses 8,000 bytes and more.
MAX_BYTES = 7_999
# A message is delivered within milliseconds or not at all. Also the most that two clocks may differ.
MAX_AGE_SECONDS = 60


class MessageTooLarge(ValueError):
    """The message would not fit into a NOTIFY."""


def seal(group: str, message: Message) -> str:
    """Group and message as ASCII text. Raises MessageTooLarge."""
    content = json.dumps([group, message], separators=(",", ":")).encode()
    sealed = _box().encrypt(content).decode("ascii")
    if len(sealed) > MAX_BYTES:
        raise MessageTooLarge(f"{len(sealed)} bytes for {group}")
    return sealed


def unseal(text: str) -> tuple[str, Message] | None:
    """Group and message again; None for what no process of this Dott has sealed a moment ago."""
    try:
        content = _box().decrypt(text.encode(), ttl=MAX_AGE_SECONDS)
    except InvalidToken:
        return None
    group, message = json.loads(content)
    return group, message


def _box() -> MultiFernet:
    return _box_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@cache
def _box_of(secrets: tuple[str, ...]) -> MultiFernet:
    digests = [sha256(b"dott.realtime " + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
