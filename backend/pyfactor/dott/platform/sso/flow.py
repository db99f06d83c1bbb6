"""The authorization code flow (RFC 6749 4.1, RFC 7636, RFC 9207, RFC 9700), from the way there to the ID
token.

What a sign-in waits for lies sealed in the browser's session: state, nonce and verifier reach nobody but this
browser and the provider, and are spent by the first answer, right or wrong. Each business has a redirect
address of its own, so that one provider's answer cannot be handed in as another's, even where it does not
name itself.
"""

import base64
import hashlib
import secrets
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import Any
from urllib.parse import quote_plus, urlencode
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dott.platform.api.errors import ProblemError
from dott.platform.identity.factors.keys import unseal_secret
from dott.platform.identity.sessions import SessionStore
from dott.platform.sso.metadata import ProviderFault, read_json, read_keys
from dott.platform.sso.models import Provider
from dott.platform.sso.tokens import LEEWAY_S, Claims, UnknownKey, judge, refused
from dott.platform.tenancy.router import AUTH

PENDING = "dott.sso"
PENDING_S = 600
# The page that the provider sends the browser back to, and what else it may be asked for.
PAGE = "/sign-in/single-sign-on/"
SCOPE = "openid email profile"
# A provider may change its keys when it likes, and a stranger may not make us ask for them when he likes.
KEYS_AGE = timedelta(days=1)
KEYS_PAUSE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in on its way. at: seconds since 1970. again: whether the person is to prove herself anew."""

    business: str
    issuer: str
    client_id: str
    state: str
    nonce: str
    verifier: str
    at: float
    again: bool


class NoPendingSignIn(ProblemError):
    """409: nothing that was begun in this browser fits the answer."""

    def __init__(self) -> None:
        super().__init__(
            409, "no_pending_sign_in", "This sign-in was not begun here, or too long ago. Begin again."
        )


class ProviderRefused(ProblemError):
    """502: what the provider said, or did not say, lets nobody in. cause: a stable word."""

    def __init__(self, fault: ProviderFault) -> None:
        super().__init__(502, "provider_failed", fault.detail, cause=fault.code)


def redirect_uri(business_id: UUID | str) -> str:
    """Where the provider of a business sends its people, exactly."""
    return f"{settings.PUBLIC_ORIGIN}{PAGE}{business_id}"


def begin(session: SessionStore, provider: Provider, *, again: bool) -> str:
    """The provider's address for this sign-in. Whatever was begun in the session before is forgotten.

    again: the provider is to ask its person for a proof, although it knows her.
    """
    pending = Pending(
        business=str(provider.business_id),
        issuer=provider.issuer,
        client_id=provider.client_id,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        at=time.time(),
        again=again,
    )
    session[PENDING] = asdict(pending)
    challenge = hashlib.sha256(pending.verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri(provider.business_id),
        "scope": SCOPE,
        "state": pending.state,
        "nonce": pending.nonce,
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        # With it the ID token says when the person proved herself.
        "max_age": "0" if again else str(settings.SESSION_IDLE_SECONDS),
    } | ({"prompt": "login"} if again else {})
    joint = "&" if "?" in provider.authorization_endpoint else "?"
    return f"{provider.authorization_endpoint}{joint}{urlencode(query)}"


def take_pending(session: SessionStore, *, business: UUID, state: str) -> Pending:
    """What this answer was waited for; nobody can take it again. Raises NoPendingSignIn.

    Commits at once, so that a second answer finds nothing however the first one ends.
    """
    with transaction.atomic(using=AUTH):
        locked = SessionStore(session.session_key, client=session.client, lock=True)
        found = locked.pop(PENDING, None)
        if found is not None:
            locked.save()
    session.pop(PENDING, None)
    pending = Pending(**found) if isinstance(found, dict) else None
    if (
        pending is None
        or not compare_digest(pending.state.encode(), state.encode("utf-8", "surrogatepass"))
        or pending.business != str(business)
        or not 0 <= time.time() - pending.at <= PENDING_S
    ):
        raise NoPendingSignIn
    return pending


def redeem(provider: Provider, pending: Pending, *, code: str, issuer: str) -> Claims:
    """Whom the provider says is there. Calls it: outside of any transaction. issuer: as the answer names it,
    "" where it does not. Raises NoPendingSignIn, ProviderRefused."""
    if (provider.issuer, provider.client_id) != (pending.issuer, pending.client_id):
        raise NoPendingSignIn
    try:
        _check_issuer(provider, issuer)
        token = _exchange(provider, pending, code)
        claims = _judged(provider, pending, token)
        if pending.again:
            _check_proof(claims, pending)
    except ProviderFault as fault:
        raise ProviderRefused(fault) from None
    return claims


def _check_issuer(provider: Provider, issuer: str) -> None:
    """RFC 9207 2.4: one that names itself must be the one that was asked."""
    if (issuer or provider.names_itself) and issuer != provider.issuer:
        raise ProviderFault("other_issuer", "The answer came from another provider.")


def _exchange(provider: Provider, pending: Pending, code: str) -> str:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri(pending.business),
        "code_verifier": pending.verifier,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    secret = unseal_secret(provider.client_secret)
    if provider.secret_in_body:
        form |= {"client_id": provider.client_id, "client_secret": secret}
    else:
        # RFC 6749 2.3.1: encoded as in a form, first.
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    body = urlencode(form, errors="surrogatepass").encode()
    status, answer = read_json("POST", provider.token_endpoint, headers=headers, body=body)
    token = answer.get("id_token") if status == 200 and isinstance(answer, dict) else None
    if not isinstance(token, str):
        raise ProviderFault("code_refused", "The provider did not take its own code.")
    return token


def _judged(provider: Provider, pending: Pending, token: str) -> Claims:
    def judged(keys: list[dict[str, Any]]) -> Claims:
        return judge(
            token, keys=keys, issuer=provider.issuer, client_id=provider.client_id, nonce=pending.nonce
        )

    age = timezone.now() - provider.keys_read_at
    try:
        return judged(provider.keys if age < KEYS_AGE else _newer_keys(provider))
    except UnknownKey:
        pass
    try:
        return judged(_newer_keys(provider) if KEYS_PAUSE <= age < KEYS_AGE else [])
    except UnknownKey:
        raise refused("The provider's ID token is signed by none of its keys.") from None


def _newer_keys(provider: Provider) -> list[dict[str, Any]]:
    """The provider's keys of now, kept for the next time. Only one of simultaneous sign-ins asks for them."""
    before = provider.keys_read_at
    provider.keys_read_at = timezone.now()
    mine = Provider.objects.using(AUTH).filter(pk=provider.pk, keys_read_at=before)
    if not mine.update(keys_read_at=provider.keys_read_at):
        provider.refresh_from_db(using=AUTH, fields=["keys", "keys_read_at"])
        return list(provider.keys)
    provider.keys = read_keys(provider.jwks_uri)
    Provider.objects.using(AUTH).filter(pk=provider.pk, jwks_uri=provider.jwks_uri).update(keys=provider.keys)
    return list(provider.keys)


def _check_proof(claims: Claims, pending: Pending) -> None:
    begun = datetime.fromtimestamp(pending.at, UTC) - timedelta(seconds=LEEWAY_S)
    if claims.proved_at is None or claims.proved_at < begun:
        raise ProviderFault("not_proved", "The provider did not ask you to prove who you are.")
