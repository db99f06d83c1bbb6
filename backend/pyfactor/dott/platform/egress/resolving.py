"""From a name to the addresses that may be called: asked once, judged whole."""

import socket
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LookupTimeout
from ipaddress import ip_address

from dott.platform.egress.addresses import Address, is_public
from dott.platform.egress.target import Refused, Target

LOOKUP_TIMEOUT_S = 3.0
# The system's resolver cannot be interrupted. A name server that drips holds a thread here, not the caller.
_POOL = ThreadPoolExecutor(max_workers=16, thread_name_prefix="egress-lookup")


class Unresolved(Exception):
    """The name leads nowhere, or nobody said where in time."""


def lookup(host: str, port: int) -> list[str]:
    """What the system's resolver says: addresses as text, in its order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def addresses_of(target: Target) -> list[Address]:
    """All addresses of the target's host, every one of them public. Raises Refused, Unresolved.

    One that is not makes the whole name suspicious: its owner, or whoever answers for him, plays games.
    """
    try:
        found = [
            ip_address(text)
            for text in _POOL.submit(lookup, target.host, target.port).result(LOOKUP_TIMEOUT_S)
        ]
    except (OSError, UnicodeError, ValueError, LookupTimeout):
        raise Unresolved from None
    if not found:
        raise Unresolved
    if not all(map(is_public, found)) and not _is_excepted_literal(target, found):
        raise Refused("address_refused", "The name leads to an address that is not public.")
    return found


def _is_excepted_literal(target: Target, found: list[Address]) -> bool:
    """An exception is an address, not a name: no name server may say which it is."""
    return target.is_excepted and [str(address) for address in found] == [target.host]
