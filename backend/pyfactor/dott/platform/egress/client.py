"""One POST to a stranger: to the address that was judged, no further, for so long and no longer."""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address

from dott.platform.egress.addresses import Address
from dott.platform.egress.resolving import Unresolved, addresses_of
from dott.platform.egress.target import Refused, Target, parse_target

CONNECT_TIMEOUT_S = 3.0
TOTAL_TIMEOUT_S = 15.0
# Of an answer, its head included. What is beyond is not read.
MAX_ANSWER_BYTES = 64 * 1024
# Of an answer's head; which of it, and how much, is shown to people.
_SHOWN = ("content-type", "content-length", "location", "retry-after", "server")
_SHOWN_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    status: of HTTP, None when there was none; then error says why: `timeout`, `connection_failed`,
    `tls_failed`, `name_unknown`, `answer_too_large`, `answer_malformed`, or a code of Refused.
    head: some of its header fields; of its body nothing is kept. duration_ms: from the name to the last byte.
    """

    status: int | None
    error: str
    duration_ms: int
    head: dict[str, str] = field(default_factory=dict)


class _TooLarge(Exception):
    """More than MAX_ANSWER_BYTES."""


def post(url: str, *, headers: Mapping[str, str], body: bytes) -> Answer:
    """Send one request and read the answer's status. Never raises for what the other side does."""
    begun, status, error, head = time.monotonic(), None, "", dict[str, str]()
    try:
        status, head = _exchange(parse_target(url), _Clock(begun + TOTAL_TIMEOUT_S), headers, body)
    except (Refused, Unresolved, _TooLarge, http.client.HTTPException, ValueError, OSError) as failure:
        error = _word_for(failure)
    return Answer(status, error, round((time.monotonic() - begun) * 1000), head)


def _word_for(failure: Exception) -> str:
    if isinstance(failure, Refused):
        return failure.code
    # The first that fits: a time-out and a failed handshake are OSErrors, too.
    words = {
        Unresolved: "name_unknown",
        _TooLarge: "answer_too_large",
        TimeoutError: "timeout",
        ssl.SSLError: "tls_failed",
        OSError: "connection_failed",
    }
    return next((word for kind, word in words.items() if isinstance(failure, kind)), "answer_malformed")


class _Clock:
    """A deadline on the process's monotonic clock, in seconds."""

    def __init__(self, ends: float) -> None:
        self._ends = ends

    def left(self, at_most: float = TOTAL_TIMEOUT_S) -> float:
        """Seconds left, of which at_most are given. Raises TimeoutError."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, at_most)


class _Reader(io.RawIOBase):
    """Reads of one answer, each with the time that is left of the whole: who drips is cut as who hangs."""

    def __init__(self, connection: socket.socket, clock: _Clock) -> None:
        self._connection, self._clock, self._left = connection, clock, MAX_ANSWER_BYTES

    def readable(self) -> bool:
        """As a file says it."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # Buffer in the stubs
        """Raises TimeoutError, _TooLarge, OSError."""
        if self._left <= 0:
            raise _TooLarge
        self._connection.settimeout(self._clock.left())
        count = self._connection.recv_into(memoryview(buffer)[: self._left])
        self._left -= count
        return count

    def makefile(self, mode: str) -> io.BufferedReader:
        """What http.client asks a socket for."""
        return io.BufferedReader(self)


def _exchange(
    target: Target, clock: _Clock, headers: Mapping[str, str], body: bytes
) -> tuple[int, dict[str, str]]:
    request = _request(target, headers, body)
    with _connected(target, clock) as connection:
        connection.settimeout(clock.left())
        connection.sendall(request)
        response = http.client.HTTPResponse(_Reader(connection, clock), method="POST")  # type: ignore[arg-type]  # all it needs of a socket
        response.begin()
        head = {name: response.headers[name][:_SHOWN_LENGTH] for name in _SHOWN if name in response.headers}
        _drain(response)
    return response.status, head


def _drain(response: http.client.HTTPResponse) -> None:
    """Read what was announced, or who counts on that sees a broken connection. A long answer is cut."""
    try:
        while response.read(16_384):
            pass
    except _TooLarge:
        if response.status >= 300:
            return
        raise


def _connected(target: Target, clock: _Clock) -> socket.socket:
    """A connection to the first of the target's addresses that answers, with TLS for https."""
    failure: OSError = OSError("no address")
    for address in addresses_of(target)[:3]:
        try:
            return _secured(_connection_to(address, target.port, clock), target, clock)
        except ssl.SSLError:
            raise
        except OSError as error:
            failure = error
    raise failure


def _connection_to(address: Address, port: int, clock: _Clock) -> socket.socket:
    """To the very address that was judged. Its name is not asked for again."""
    connection = socket.create_connection((str(address), port), timeout=clock.left(CONNECT_TIMEOUT_S))
    if ip_address(connection.getpeername()[0]) != address:
        connection.close()
        raise OSError("connected to somebody else")
    return connection


def _secured(connection: socket.socket, target: Target, clock: _Clock) -> socket.socket:
    if target.scheme != "https":
        return connection
    try:
        connection.settimeout(clock.left(CONNECT_TIMEOUT_S))
        return tls_context().wrap_socket(connection, server_hostname=target.host.removesuffix("."))
    except BaseException:
        connection.close()
        raise


@cache
def tls_context() -> ssl.SSLContext:
    """The system's authorities, names checked, TLS 1.2 at least."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _request(target: Target, headers: Mapping[str, str], body: bytes, method: str = "POST") -> bytes:
    """The request as it goes over the wire. Raises ValueError for a header that would be two."""
    fields = {
        "Host": target.host_header,
        **headers,
        "Content-Length": str(len(body)),
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    for name, value in fields.items():
        if not value.isprintable() or not value.isascii() or not name.replace("-", "").isalnum():
            raise ValueError(name)
    lines = [
        f"{method} {target.path} HTTP/1.1",
        *(f"{name}: {value}" for name, value in fields.items()),
        "",
        "",
    ]
    return "\r\n".join(lines).encode("ascii") + body
