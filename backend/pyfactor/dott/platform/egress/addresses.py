"""Which addresses are the public's. Our own list: Python's `is_global` takes NAT64, 6to4 and multicast for
global (security.md M12), and differs between versions."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

# IANA IPv4 Special-Purpose Address Registry, with multicast and the reserved rest.
_REFUSED_V4 = [
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        # Answers for machines of a cloud outside the ranges above: Azure's wire server, Alibaba's metadata.
        "168.63.129.16/32",
        "100.100.100.200/32",
    )
]
# What IANA has given out as global unicast. Outside of it lie loopback, mapped and compatible IPv4, NAT64,
# unique local, link-local, site-local and multicast addresses, and whatever comes to be.
_PUBLIC_V6 = IPv6Network("2000::/3")
# Inside of it: Teredo and other protocols, documentation, 6to4 (an IPv4 address in disguise), AS112, and
# benchmarks.
_REFUSED_V6 = [
    IPv6Network(text)
    for text in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
]


def is_public(address: Address) -> bool:
    """Whether it is plain global unicast, in which no other address is hidden."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _REFUSED_V4)
    if address.scope_id is not None or address not in _PUBLIC_V6:
        return False
    return not any(address in network for network in _REFUSED_V6)
