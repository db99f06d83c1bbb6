"""What a provider says of itself (OpenID Connect Discovery 1.0, RFC 8414, RFC 7517). All of it is a
stranger's."""

import json
from dataclasses import dataclass
from typing import Any

from dott.platform.egress.documents import FetchFailed, fetch
from dott.platform.egress.target import Refused, parse_target

# Asymmetric, and no `none`: what a client could make itself proves nothing.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
WELL_KNOWN = "/.well-known/openid-configuration"
MAX_KEYS = 32


class ProviderFault(Exception):
    """The provider cannot be used. code: a stable word; detail: a sentence for whoever runs it."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Metadata:
    """The part of a provider's metadata that is used."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    names_itself: bool
    secret_in_body: bool


def read_json(method: str, url: str, *, headers: dict[str, str] | None = None, body: bytes = b"") -> Any:
    """(status, JSON value) of an address of the provider's. Raises ProviderFault."""
    try:
        document = fetch(method, url, headers={"Accept": "application/json"} | (headers or {}), body=body)
        return document.status, json.loads(document.body)
    except FetchFailed as failure:
        raise ProviderFault(failure.code, "The provider could not be reached.") from None
    except (ValueError, RecursionError):
        raise ProviderFault("answer_malformed", "The provider did not answer with JSON.") from None


def read_metadata(issuer: str) -> Metadata:
    """The metadata of an issuer. Raises ProviderFault."""
    status, found = read_json("GET", issuer.rstrip("/") + WELL_KNOWN)
    if status != 200 or not isinstance(found, dict):
        raise ProviderFault("no_metadata", f"There is no {WELL_KNOWN} at this address.")
    if found.get("issuer") != issuer:
        raise ProviderFault(
            "other_issuer", "The provider there calls itself otherwise; copy its issuer exactly."
        )
    _require(found, "response_types_supported", {"code"}, "the code flow")
    _require(found, "id_token_signing_alg_values_supported", set(ALGORITHMS), "an asymmetric signature")
    _require(found, "code_challenge_methods_supported", {"S256"}, "PKCE with S256")
    methods = _words(found, "token_endpoint_auth_methods_supported") or {"client_secret_basic"}
    if not methods & {"client_secret_basic", "client_secret_post"}:
        raise ProviderFault("unsupported", "The provider takes no client secret.")
    return Metadata(
        authorization_endpoint=_address(found, "authorization_endpoint"),
        token_endpoint=_address(found, "token_endpoint"),
        jwks_uri=_address(found, "jwks_uri"),
        names_itself=found.get("authorization_response_iss_parameter_supported") is True,
        secret_in_body="client_secret_basic" not in methods,
    )


def read_keys(jwks_uri: str) -> list[dict[str, Any]]:
    """The provider's public keys for signatures. Raises ProviderFault."""
    status, found = read_json("GET", jwks_uri)
    keys = found.get("keys") if status == 200 and isinstance(found, dict) else None
    if not isinstance(keys, list):
        raise ProviderFault("no_keys", "The provider shows no keys.")
    usable = [key for key in keys[:MAX_KEYS] if isinstance(key, dict) and key.get("use", "sig") == "sig"]
    usable = [key for key in usable if key.get("kty") in {"RSA", "EC", "OKP"}]
    if not usable:
        raise ProviderFault("no_keys", "The provider shows no keys for signatures.")
    return usable


def _words(found: dict[str, Any], name: str) -> set[str]:
    value = found.get(name)
    return {each for each in value if isinstance(each, str)} if isinstance(value, list) else set()


def _require(found: dict[str, Any], name: str, one_of: set[str], what: str) -> None:
    """What a provider does not mention is tried; what it leaves out of its list it cannot do."""
    if name in found and not _words(found, name) & one_of:
        raise ProviderFault("unsupported", f"The provider does not offer {what}.")


def _address(found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    try:
        parse_target(value if isinstance(value, str) else "")
    except Refused as refused:
        raise ProviderFault(
            "bad_metadata", f"The provider's {name} cannot be used. {refused.detail}"
        ) from None
    return str(value)
