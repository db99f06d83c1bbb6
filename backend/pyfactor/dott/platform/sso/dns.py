"""TXT records, asked of the system's name servers."""

from ipaddress import ip_address

from django.conf import settings
from dns.exception import DNSException
from dns.nameserver import Do53Nameserver
from dns.resolver import NXDOMAIN, NoAnswer, Resolver

# With one server; with all of them twice as long.
TIMEOUT_S = 3.0


class Unanswered(Exception):
    """No name server said anything that could be read."""


def txt_records(name: str) -> list[str]:
    """The texts at a name; none when there is no such name. Raises Unanswered.

    name: ASCII, without a trailing dot. A record's character strings are joined, as RFC 7208 3.3 reads them.
    """
    try:
        answer = _resolver().resolve(f"{name}.", "TXT")
    except (NXDOMAIN, NoAnswer):
        return []
    except (DNSException, OSError) as error:
        raise Unanswered from error
    return [b"".join(record.strings).decode("ascii", "replace") for record in answer]


def _resolver() -> Resolver:
    """Of the system, or of the servers that the operator names as `address` or `address:port`."""
    resolver = Resolver(configure=not settings.DNS_SERVERS)
    if settings.DNS_SERVERS:
        resolver.nameservers = [_server(named) for named in settings.DNS_SERVERS]
    resolver.timeout, resolver.lifetime = TIMEOUT_S, 2 * TIMEOUT_S
    return resolver


def _server(named: str) -> Do53Nameserver:
    host, _, port = named.rpartition(":") if named.count(":") == 1 else (named, "", "53")
    return Do53Nameserver(str(ip_address(host)), int(port))
