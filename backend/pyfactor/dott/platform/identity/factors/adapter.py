"""How allauth's second factors are fitted to this house: what is sealed, and whose site a passkey is for."""

from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from dott.platform.identity.factors.keys import seal_secret, unseal_secret

NAME = "Dott"


class MFAAdapter(DefaultMFAAdapter):
    """Seeds are sealed at rest; the site's name and host come from settings, never from a request."""

    def get_totp_issuer(self) -> str:
        """What the authenticator app calls the account."""
        return NAME

    def encrypt(self, text: str) -> str:
        """A seed as the database may hold it."""
        return seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The seed again. Raises InvalidToken for one that was tampered with or whose key is gone."""
        return unseal_secret(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The relying party: a passkey is bound to the public host."""
        return {"id": urlsplit(settings.PUBLIC_ORIGIN).hostname or "localhost", "name": NAME}
