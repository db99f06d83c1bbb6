"""What every answer carries that is made before Django: by the front of planned reads and by the gate."""

import re
import uuid
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import get_str_from_wsgi
from django.http import parse_cookie

from dott.platform.api.middleware import DATA_POLICY, REQUEST_ID

Environ = dict[str, Any]
Headers = list[tuple[str, str]]

# The place in a request where the session token is kept once it was read.
_READ = "dott.session_token"


class Edge:
    """The settings' part of it, read once."""

    def __init__(self) -> None:
        self.headers = (
            ("Cache-Control", "private, no-store"),
            ("Content-Security-Policy", DATA_POLICY),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
            ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
        )
        rest = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        seconds = settings.SECURE_HSTS_SECONDS
        self.hsts = f"max-age={seconds}{rest}" if seconds else ""
        # As CredentialMiddleware counts session cookies.
        name = re.escape(settings.SESSION_COOKIE_NAME)
        self.session_cookie = re.compile(rf"(?:^|[;,])\s*{name}\s*=")
        # Where nothing is quoted and no comma could part cookies, every reader reads them alike.
        self.plain_cookie = re.compile(rf"(?:^|;)\s*{name}\s*=([^;]*)")

    def secured(self, environ: Environ) -> Headers:
        """The headers that Django's middlewares would set, and the request's id apart."""
        headers = [*self.headers]
        if self.hsts and _is_secure(environ):
            headers.append(("Strict-Transport-Security", self.hsts))
        return headers

    def session_token(self, environ: Environ) -> str:
        """The session token; "" without one, or with more than one. Read once for each request."""
        if _READ not in environ:
            environ[_READ] = self._session_token(environ)
        return str(environ[_READ])

    def _session_token(self, environ: Environ) -> str:
        cookies = environ.get("HTTP_COOKIE", "")
        if cookies.isascii() and not ('"' in cookies or "," in cookies):
            found = self.plain_cookie.findall(cookies)
            return found[0].strip() if len(found) == 1 else ""
        cookies = get_str_from_wsgi(environ, "HTTP_COOKIE", "")
        if len(self.session_cookie.findall(cookies)) != 1:
            return ""
        return str(parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME) or "")


def request_id(environ: Environ) -> str:
    """The client's when it is well formed, else a new one."""
    offered = str(environ.get("HTTP_X_REQUEST_ID", ""))
    return offered if REQUEST_ID.fullmatch(offered) else str(uuid.uuid4())


def _is_secure(environ: Environ) -> bool:
    """As HttpRequest.is_secure(): our proxy's word where one is trusted, else the connection's own."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        if (said := environ.get(header)) is not None:
            return bool(said.partition(",")[0].strip() == secure)
    return bool(environ["wsgi.url_scheme"] == "https")
