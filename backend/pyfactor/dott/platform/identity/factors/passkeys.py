"""Passkeys: the two ceremonies of WebAuthn. A right answer spends its challenge; five minutes end it anyway.

fido2 checks challenge, signature and relying party, but takes any subdomain for the site. Here the origin is
compared as a whole.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.exceptions import ValidationError
from fido2.utils import websafe_decode
from fido2.webauthn import CollectedClientData

from dott.platform.api.errors import ProblemError
from dott.platform.identity.models import User
from dott.platform.identity.sessions import SessionStore

LASTS_S = 300
BEGUN_AT = "dott.passkey.begun_at"

Credential = dict[str, Any]
T = TypeVar("T")


class PasskeyRefused(ProblemError):
    """400: the answer of the passkey does not fit the question."""

    def __init__(self) -> None:
        detail = "This passkey was not accepted. Try again."
        super().__init__(
            400,
            "passkey_refused",
            "Some values cannot be accepted.",
            [{"pointer": "/credential", "code": "passkey_refused", "detail": detail}],
        )


def begin_registration(session: SessionStore, user: User) -> dict[str, Any]:
    """The options for navigator.credentials.create(): a key that knows its owner and asks for her."""
    session[BEGUN_AT] = time.time()
    return _plain(auth.begin_registration(user, passwordless=True))


def begin_authentication(session: SessionStore, user: User | None) -> dict[str, Any]:
    """The options for navigator.credentials.get(). user: None when the passkey is to say whose it is."""
    session[BEGUN_AT] = time.time()
    return _plain(auth.begin_authentication(user))


def register(session: SessionStore, user: User, name: str, credential: Credential) -> Authenticator:
    """Add the passkey that was just made. Raises PasskeyRefused."""

    def ceremony() -> Authenticator:
        _check_client_data(credential)
        auth.parse_registration_response(credential)
        # fido2 refuses one without the gesture or PIN that the options ask for.
        auth.complete_registration(credential)
        added: Authenticator = auth.WebAuthn.add(user, name, credential).instance
        return added

    return _once(session, ceremony)


def authenticate(session: SessionStore, user: User | None, credential: Credential) -> Authenticator:
    """The passkey that answered, of this user or of the one it names. Raises PasskeyRefused."""

    def ceremony() -> Authenticator:
        _check_client_data(credential)
        auth.parse_authentication_response(credential)
        owner = user or auth.extract_user_from_response(credential)
        answered: Authenticator = auth.complete_authentication(owner, credential)
        answered.user = owner
        return answered

    return _once(session, ceremony)


def _once(session: SessionStore, ceremony: Callable[[], T]) -> T:
    begun_at = session.pop(BEGUN_AT, 0)
    try:
        if time.time() - begun_at > LASTS_S:
            raise PasskeyRefused
        return ceremony()
    # fido2 and allauth raise these for what a browser would not send.
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise PasskeyRefused from error
    finally:
        auth.clear_state()
        session.modified = True


def _check_client_data(credential: Credential) -> None:
    said = CollectedClientData(_decoded(credential["response"]["clientDataJSON"]))
    if said.origin != settings.PUBLIC_ORIGIN or said.cross_origin:
        raise PasskeyRefused


def _decoded(text: str) -> bytes:
    decoded: bytes = websafe_decode(text)
    return decoded


def _plain(options: Any) -> dict[str, Any]:
    """fido2's mappings as dicts, for a JSON renderer that knows only those."""
    return {key: _plain_value(value) for key, value in options.items()}


def _plain_value(options: Any) -> Any:
    if hasattr(options, "items"):
        return _plain(options)
    if isinstance(options, list | tuple):
        return [_plain_value(value) for value in options]
    return options
