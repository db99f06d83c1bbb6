"""Reading an address that somebody typed: what two programs could understand differently is refused."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

MAX_LENGTH = 2_000
_DEFAULT_PORTS = {"https": 443, "http": 80}
# RFC 3986's characters and no others; a backslash is a slash to some.
_ALLOWED = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
# A host whose last label is a number is an address to a browser and to getaddrinfo, whatever its spelling.
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")


class Refused(Exception):
    """Nothing is sent there. code: a stable word; detail: a sentence for whoever typed the address."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. host: in lower case, IPv6 without brackets. path: with the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_excepted(self) -> bool:
        """Whether the operator has named exactly this host and port, for tests (EGRESS_EXCEPTIONS)."""
        return f"{self.host}:{self.port}" in settings.EGRESS_EXCEPTIONS

    @property
    def host_header(self) -> str:
        """As HTTP wants it: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse_target(url: str) -> Target:
    """The target of an address. Raises Refused. Asks no name server: that is for the moment of sending."""
    if not _ALLOWED.fullmatch(url) or len(url) > MAX_LENGTH:
        raise Refused(
            "url_malformed", "Write a plain address in ASCII; other scripts as xn--… and %-escapes."
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("url_malformed", "This is no address.") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise Refused("scheme_refused", "Only https:// addresses are called.")
    if "@" in parts.netloc:
        raise Refused("userinfo_refused", "An address must not hold a name or a password.")
    if "#" in url:
        raise Refused("url_malformed", "An address must not hold a fragment (#).")
    host = _host(parts.hostname or "")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    target = Target(parts.scheme, host, _DEFAULT_PORTS[parts.scheme] if port is None else port, path)
    if target.is_excepted:
        return target
    if target.scheme != "https" and not settings.EGRESS_ALLOWS_HTTP:
        raise Refused("scheme_refused", "Only https:// addresses are called.")
    if not _is_listed(target.host.removesuffix(".")):
        raise Refused("host_refused", "Only hosts that the operator of this Dott has listed are called.")
    if target.port not in _ports():
        named = ", ".join(map(str, sorted(_ports())))
        raise Refused("port_refused", f"This port is not called. Allowed: {named}.")
    return target


def _ports() -> frozenset[int]:
    return settings.EGRESS_PORTS | {80} if settings.EGRESS_ALLOWS_HTTP else settings.EGRESS_PORTS


def _is_listed(host: str) -> bool:
    """Whether the operator lets this host be called: any, where no list was made."""
    listed = settings.EGRESS_HOSTS
    labels = host.split(".")
    above = {f".{'.'.join(labels[n:])}" for n in range(1, len(labels))}
    return not listed or host in listed or not above.isdisjoint(listed)


def _host(text: str) -> str:
    host = text.lower()
    if ":" in host:
        # urlsplit has seen the brackets.
        if _literal(host) is None or "%" in host:
            raise Refused("host_malformed", "This is no IPv6 address.")
        return host
    if not host or len(host) > 253 or not all(map(_LABEL.fullmatch, host.removesuffix(".").split("."))):
        raise Refused("host_malformed", "This is no host name.")
    if _NUMBER.fullmatch(host.removesuffix(".").rpartition(".")[2]) and _literal(host) is None:
        raise Refused("host_malformed", "Write an IPv4 address as four decimal numbers.")
    return host


def _literal(host: str) -> object | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
