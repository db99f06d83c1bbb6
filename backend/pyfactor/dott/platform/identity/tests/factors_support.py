"""What the tests of second factors share: their addresses, an authenticator app, and a passkey."""

import base64
import hashlib
import json
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData
from rest_framework.test import APIClient

from dott.platform.identity.tests.support import ACCOUNTS, age, follow_token

FACTORS = "/api/auth/factors/"
TOTP = f"{FACTORS}totp/"
TOTP_BEGIN = f"{TOTP}begin/"
RECOVERY = f"{FACTORS}recovery-codes/"
PASSKEYS = f"{FACTORS}passkeys/"
PASSKEYS_BEGIN = f"{PASSKEYS}begin/"
STEP_UP = "/api/auth/step-up/"
SECOND_STEP = f"{ACCOUNTS}/auth/2fa/authenticate"
PASSKEY_STEP = f"{ACCOUNTS}/auth/webauthn/authenticate"
PASSKEY_LOGIN = f"{ACCOUNTS}/auth/webauthn/login"
SECURITY = "/api/tenants/current/security/"

# User present, user verified, attested credential data.
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def code_now(secret: str, *, shift: int = 0) -> str:
    """What an authenticator app shows; shift: periods from now."""
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + shift))
    return code


def enrol(browser: APIClient, *, shift: int = -1) -> tuple[str, list[str]]:
    """Add an authenticator app; (seed, recovery codes). Its code of the last period is spent by that."""
    secret = browser.post(TOTP_BEGIN).json()["secret"]
    answer = browser.post(TOTP, {"code": code_now(secret, shift=shift)})
    assert answer.status_code == 201, answer.content
    follow_token(browser)
    return secret, answer.json()["recovery_codes"]


def grow_stale(browser: APIClient) -> None:
    """Let eleven minutes pass since the session was proved."""
    age(browser, "auth_time", "1 day 11 minutes")


class Passkey:
    """A passkey in software, as an authenticator with a user gesture would answer."""

    def __init__(self, *, origin: str | None = None, verifies: bool = True) -> None:
        self.origin = origin or settings.PUBLIC_ORIGIN
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(str(id(self.key)).encode()).digest()
        self.user_handle = b""

    def made(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to navigator.credentials.create()."""
        self.user_handle = _decoded(options["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AuthenticatorData.create(
            hashlib.sha256(options["rp"]["id"].encode()).digest(),
            self.flags | ATTESTED,
            0,
            AttestedCredentialData.create(b"\0" * 16, self.id, public),
        )
        attestation = AttestationObject.create("none", data, {})
        return self._answer(
            {
                "clientDataJSON": self._client_data("webauthn.create", options["challenge"]),
                "attestationObject": _encoded(bytes(attestation)),
            },
            {"credProps": {"rk": True}},
        )

    def answered(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to navigator.credentials.get()."""
        data = AuthenticatorData.create(hashlib.sha256(options["rpId"].encode()).digest(), self.flags, 0)
        client = self._client_data("webauthn.get", options["challenge"])
        signed = bytes(data) + hashlib.sha256(_decoded(client)).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": client,
                "authenticatorData": _encoded(bytes(data)),
                "signature": _encoded(signature),
                "userHandle": _encoded(self.user_handle),
            },
            {},
        )

    def _answer(self, response: dict[str, Any], results: dict[str, Any]) -> dict[str, Any]:
        id_ = _encoded(self.id)
        return {
            "id": id_,
            "rawId": id_,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": results,
        }

    def _client_data(self, type_: str, challenge: str) -> str:
        said = {"type": type_, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return _encoded(json.dumps(said).encode())


def add_passkey(browser: APIClient, passkey: Passkey) -> Any:
    """Register it for the signed-in person."""
    options = browser.post(PASSKEYS_BEGIN).json()["publicKey"]
    answer = browser.post(PASSKEYS, {"name": "Laptop", "credential": passkey.made(options)})
    if answer.status_code == 201:
        follow_token(browser)
    return answer


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
