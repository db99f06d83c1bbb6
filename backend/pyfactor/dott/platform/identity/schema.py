"""How the OpenAPI file describes credentials: the session cookie, and the CSRF header on writes."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension


class SessionCookieScheme(OpenApiAuthenticationExtension):
    """Both authentication classes: one reads the context, the other the user, of the same cookie."""

    target_class = "dott.platform.identity.authentication.SessionCredential"
    match_subclasses = True
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The security scheme object."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "Set by signing in. Unsafe methods also need the header X-CSRFToken with the "
            "value of the cookie csrftoken, and the Origin of Dott's own pages.",
        }
