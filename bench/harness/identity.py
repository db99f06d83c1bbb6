"""Whom a request comes from: cookies and headers of a business's signed-in owner."""

import hashlib
import hmac

ORIGIN = "http://localhost:3000"


class Identity:
    """The same session token opens every contender; the CSRF token is the one that Dott derives."""

    def __init__(self, secret_key: str) -> None:
        self._key = hashlib.sha256(b"dott.identity.csrf" + secret_key.encode()).digest()

    def token(self, business: int) -> str:
        """The session token of a business's owner."""
        return f"bench-session-of-business-{business}"

    def headers(self, business: int) -> tuple[tuple[str, str], ...]:
        """Cookies, and what an unsafe request needs besides."""
        token = self.token(business)
        csrf = hmac.new(self._key, token.encode(), hashlib.sha256).hexdigest()[:32]
        return (
            ("Cookie", f"sid={token}; csrftoken={csrf}"),
            ("X-CSRFToken", csrf),
            ("Origin", ORIGIN),
        )
