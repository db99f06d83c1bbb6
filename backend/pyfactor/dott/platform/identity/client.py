"""Where a request comes from, by the header that our own proxies write."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def client_address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The address that the outermost of our TRUSTED_PROXY_COUNT proxies saw; None if it is unknown.

    Entries further left in X-Forwarded-For come from the client and are not believed.
    """
    hops = [hop for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    count = settings.TRUSTED_PROXY_COUNT
    if count and len(hops) >= count:
        return _address(hops[-count])
    return _address(request.META.get("REMOTE_ADDR", ""))


def limiter_key(request: HttpRequest) -> str:
    """What counts as one client: an IPv4 address, or the /64 network that one IPv6 customer is given."""
    address = client_address(request)
    if address is None:
        return "unknown"
    return str(ip_network((address, 64), strict=False) if address.version == 6 else address)


@dataclass(frozen=True, slots=True)
class Client:
    """What a session remembers of its browser. ip: the network, /24 or /48, as text; "" if unknown."""

    ip: str = ""
    user_agent: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Client":
        """The client of a request, its address blurred and its user agent cut to the column."""
        address = client_address(request)
        prefix = 24 if address and address.version == 4 else 48
        network = str(ip_network((address, prefix), strict=False)) if address else ""
        return cls(network, request.headers.get("User-Agent", "").replace("\0", "")[:255])
