"""Judging an ID token (OpenID Connect Core 1.0, 3.1.3.7; RFC 8725)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from dott.platform.sso.metadata import ALGORITHMS, ProviderFault

# How far the provider's clock may be from ours, in seconds.
LEEWAY_S = 60
# An ID token is for the moment in which it is asked for, whatever its own end.
OLDEST_S = 600
MIN_RSA_BITS = 2048
MAX_LENGTH = 16_384
_KINDS = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}


class UnknownKey(Exception):
    """No key that is known made the signature: the provider may have new ones."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Whom the provider says is there. email: in lower case, "" unless the provider says it is verified.
    proved_at: when she proved it there, None when it is not said."""

    subject: str
    email: str
    name: str
    proved_at: datetime | None


def refused(detail: str) -> ProviderFault:
    """The fault of a token that is not accepted."""
    return ProviderFault("bad_id_token", detail)


def judge(token: str, *, keys: list[dict[str, Any]], issuer: str, client_id: str, nonce: str) -> Claims:
    """The claims of a token that holds in every respect. Raises ProviderFault, UnknownKey."""
    algorithm, key = _key(token, keys)
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=client_id,
            issuer=issuer,
            leeway=LEEWAY_S,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
        )
    except jwt.PyJWTError as error:
        raise refused(f"The provider's ID token does not hold: {type(error).__name__}.") from None
    _check_audience(claims, client_id)
    if claims["nonce"] != nonce:
        raise refused("The provider's ID token was made for another sign-in.")
    if datetime.now(UTC).timestamp() - float(claims["iat"]) > OLDEST_S:
        raise refused("The provider's ID token is old.")
    return _claims(claims)


def _key(token: str, keys: list[dict[str, Any]]) -> tuple[str, Any]:
    """The algorithm of the header, once it is one of ours, and the key that it names."""
    if len(token) > MAX_LENGTH:
        raise refused("The provider's ID token is too long.")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise refused("The provider's ID token is malformed.") from None
    algorithm = str(header.get("alg"))
    if algorithm not in ALGORITHMS:
        raise refused("The provider's ID token is signed in a way that is not accepted.")
    if "crit" in header:
        raise refused("The provider's ID token asks for something unknown.")
    # The key's own word for its algorithm counts, and its kind must be the algorithm's.
    fitting = [
        key
        for key in keys
        if key.get("kty") == _KINDS[algorithm[:2]] and key.get("alg", algorithm) == algorithm
    ]
    if "kid" in header:
        fitting = [key for key in fitting if key.get("kid") == header["kid"]]
    if len(fitting) != 1:
        raise UnknownKey
    return algorithm, _public_key(fitting[0], algorithm)


def _public_key(found: dict[str, Any], algorithm: str) -> Any:
    try:
        key = jwt.PyJWK(found, algorithm=algorithm).key
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        raise refused("The provider's key is malformed.") from None
    if isinstance(key, RSAPublicKey) and key.key_size < MIN_RSA_BITS:
        raise refused("The provider's key is too short.")
    return key


def _check_audience(claims: dict[str, Any], client_id: str) -> None:
    audience = claims["aud"]
    others = [each for each in audience if each != client_id] if isinstance(audience, list) else []
    if others or claims.get("azp", client_id) != client_id:
        raise refused("The provider's ID token is for somebody else, too.")


def _claims(claims: dict[str, Any]) -> Claims:
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isprintable():
        raise refused("The provider's ID token names nobody.")
    email = claims.get("email")
    # Some write the boolean as a word. Nothing but yes is yes.
    is_verified = isinstance(email, str) and "@" in email and claims.get("email_verified") in (True, "true")
    name = claims.get("name")
    return Claims(
        subject=subject,
        email=str(email).strip().lower()[:254] if is_verified else "",
        name="".join(filter(str.isprintable, name)).strip()[:120] if isinstance(name, str) else "",
        proved_at=_instant(claims.get("auth_time")),
    )


def _instant(value: Any) -> datetime | None:
    """An instant that has been; None for everything else. One in the future would stay fresh."""
    now = datetime.now(UTC)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return datetime.fromtimestamp(value, UTC) if 0 < value <= now.timestamp() + LEEWAY_S else None
