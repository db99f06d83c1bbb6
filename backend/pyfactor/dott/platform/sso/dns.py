"""TXT records (RFC 1035), asked of the system's name servers. The standard library only asks for
addresses."""

import re
import secrets
import socket  # noqa: TID251  (the operator names these servers, and nobody else)
import struct
import time
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings

TIMEOUT_S = 3.0
MAX_ANSWER_BYTES = 4096
_TXT, _IN, _OPT = 16, 1, 41
# Response, no error, whatever the flags between.
_IS_RESPONSE, _RCODE = 0x8000, 0x000F
_NO_SUCH_NAME = 3
_POINTER = 0xC0
_NAMESERVER = re.compile(r"^nameserver\s+(\S+)", re.MULTILINE)


class Unanswered(Exception):
    """No name server said anything that could be read."""


def txt_records(name: str) -> list[str]:
    """The texts at a name; none when there is no such name. Raises Unanswered.

    name: ASCII, without a trailing dot. Waits for three seconds with each of at most three servers.
    """
    question = _question(name)
    for server in _servers():
        try:
            return _texts(_ask(server, question), question)
        except (OSError, ValueError, struct.error, IndexError):
            continue
    raise Unanswered


def _servers() -> list[tuple[str, int]]:
    named = settings.DNS_SERVERS or _system_servers()
    found = []
    for each in named:
        host, _, port = each.rpartition(":") if each.count(":") == 1 else (each, "", "53")
        found.append((str(ip_address(host)), int(port)))
    return found[:3]


def _system_servers() -> list[str]:
    try:
        return _NAMESERVER.findall(Path("/etc/resolv.conf").read_text(encoding="utf-8"))
    except OSError:
        return []


def _question(name: str) -> bytes:
    """A query with a random id, of which EDNS says that a long answer may come."""
    labels = b"".join(bytes([len(label)]) + label.encode("ascii") for label in name.split("."))
    header = struct.pack("!HHHHHH", secrets.randbelow(65_536), 0x0100, 1, 0, 0, 1)
    edns = struct.pack("!BHHIH", 0, _OPT, MAX_ANSWER_BYTES, 0, 0)
    return header + labels + b"\0" + struct.pack("!HH", _TXT, _IN) + edns


def _ask(server: tuple[str, int], question: bytes) -> bytes:
    """The first datagram that answers this question; what else arrives is not for us."""
    family = socket.AF_INET6 if ":" in server[0] else socket.AF_INET
    ends = time.monotonic() + TIMEOUT_S
    with socket.socket(family, socket.SOCK_DGRAM) as connection:
        # Connected: datagrams of others do not come through, and the port is random.
        connection.connect(server)
        connection.send(question)
        while (left := ends - time.monotonic()) > 0:
            connection.settimeout(left)
            answer = connection.recv(MAX_ANSWER_BYTES)
            if answer[:2] == question[:2] and answer[12:].startswith(_asked(question)):
                return answer
    raise TimeoutError


def _asked(question: bytes) -> bytes:
    """The question itself: between the header and the eleven bytes of EDNS."""
    return question[12:-11]


def _texts(answer: bytes, question: bytes) -> list[str]:
    _, flags, _, count, _, _ = struct.unpack_from("!HHHHHH", answer)
    if not flags & _IS_RESPONSE or flags & _RCODE not in {0, _NO_SUCH_NAME}:
        raise ValueError("no answer")
    return list(_records(answer, 12 + len(_asked(question)), count))


def _records(answer: bytes, at: int, count: int) -> Iterator[str]:
    for _ in range(count):
        at = _after_name(answer, at)
        kind, _, _, length = struct.unpack_from("!HHIH", answer, at)
        at += 10
        if at + length > len(answer):
            raise ValueError("cut off")
        if kind == _TXT:
            yield _joined(answer[at : at + length])
        at += length


def _after_name(answer: bytes, at: int) -> int:
    """Where the name that begins here ends; it is not read, so pointers are not followed."""
    while answer[at]:
        if answer[at] & _POINTER == _POINTER:
            return at + 2
        at += answer[at] + 1
    return at + 1


def _joined(data: bytes) -> str:
    """A record's character strings in one, as RFC 7208 3.3 reads them."""
    parts, at = [], 0
    while at < len(data):
        if at + 1 + data[at] > len(data):
            raise ValueError("cut off")
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += data[at] + 1
    return b"".join(parts).decode("ascii", "replace")
