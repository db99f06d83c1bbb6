"""Standard Webhooks 1.0.0: secrets, and signatures by HMAC-SHA256 (its scheme v1).

Ten lines of our own rather than a package: only the sending half is needed, and it must not change unasked.
The tests hold it against the published vector.
"""

import base64
import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256

PREFIX = "whsec_"
# The standard allows 24 to 64.
SECRET_BYTES = 32


def new_secret() -> str:
    """As its receiver gets it: whsec_ and base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,<base64>`. timestamp: seconds since 1970."""
    key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()


def headers(message_id: str, timestamp: int, body: bytes, keys: Iterable[str]) -> dict[str, str]:
    """The three fields of a message, signed with each of the secrets, as while one replaces another."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(key, message_id, timestamp, body) for key in keys),
    }
