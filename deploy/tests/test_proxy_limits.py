"""The Caddyfile's limits: what is too large, too slow or ambiguous is refused, and shuts nobody else out."""

import ssl
import time

import pytest

from door import status_of
from proxy import Running, handled

MIB = 1024 * 1024


def test_large_headers_are_refused(proxy: Running) -> None:
    with proxy.door.raw() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 40_000 + b"\r\n\r\n")
        reply = connection.recv(1024)

    assert status_of(reply) == 431


@pytest.mark.parametrize(
    ("path", "limit"),
    [("/api/crm/customers/", 2 * MIB), ("/api/crm/imports/", 101 * MIB), ("/sign-in", 64 * 1024)],
)
@pytest.mark.parametrize("announced", [True, False])
def test_large_bodies_are_refused(proxy: Running, path: str, limit: int, *, announced: bool) -> None:
    piece = bytes(64 * 1024)
    sizes = {"fits": limit, "does not": limit + 1}

    def send(size: int) -> int:
        parts = [piece] * (size // len(piece)) + [bytes(size % len(piece))]
        headers = {"Content-Length": str(size)} if announced else {}  # without: chunks
        try:
            return proxy.door.fetch(path, method="POST", headers=headers, body=iter(parts)).status
        except (BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
            return 413  # cut off while sending, as the next test shows with the answer itself

    assert {name: send(size) for name, size in sizes.items()} == {"fits": 200, "does not": 413}


def test_a_large_body_is_refused_with_a_problem(proxy: Running) -> None:
    path = "/api/crm/customers/?large"
    with proxy.door.raw() as connection:
        request = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {3 * MIB}\r\n\r\n"
        connection.sendall(request.encode() + bytes(2 * MIB + 1))
        reply = b""
        while b"request_id" not in reply and (more := connection.recv(4096)):
            reply += more

    assert status_of(reply) == 413
    assert b"application/problem+json" in reply
    assert b'"code":"too_large"' in reply
    assert path not in proxy.api.whole


def test_a_slow_body_reaches_the_api_only_when_it_is_whole(proxy: Running) -> None:
    """M9: forty half-sent requests must not hold forty threads."""
    before = len(proxy.api.seen)
    with proxy.door.raw() as connection:
        connection.sendall(b"POST /api/x/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n{")
        time.sleep(1.5)
        waiting = len(proxy.api.seen)
        connection.sendall(b"12}")
        reply = connection.recv(4096)

    assert waiting == before
    assert status_of(reply) == 200


def test_a_dawdling_header_is_cut_off(proxy: Running) -> None:
    started = time.monotonic()
    with proxy.door.raw() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        assert drip(connection, seconds=20)

    assert 9 < time.monotonic() - started < 15


def test_a_dawdling_body_is_given_up_and_the_api_never_hears_of_it(proxy: Running) -> None:
    """A byte now and then is less than 16 KB a second, which the proxy waits ten seconds for."""
    path = "/api/dawdling/"
    with proxy.door.raw() as connection:
        connection.sendall(
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n".encode()
        )
        drip(connection, seconds=14)
        (line,) = [line for line in handled(proxy) if line["request"]["uri"] == path]

    assert line["status"] == 499
    assert 9 < line["duration"] < 14
    assert path not in proxy.api.whole


def drip(connection: ssl.SSLSocket, *, seconds: float) -> bool:
    """Send a byte every half second for so long; whether the other side ended it before."""
    until = time.monotonic() + seconds
    connection.settimeout(0.5)
    try:
        while time.monotonic() < until:
            connection.sendall(b"a")
            try:
                if not connection.recv(1024):
                    return True
            except TimeoutError:
                continue
    except OSError:
        return True
    return False


# Where a message ends -----------------------------------------------------------------------------------

# Each could mean two things to two servers, of which one would take SMUGGLED for a request of its own.
AMBIGUOUS = {
    "two lengths": (b"Content-Length: 0\r\nContent-Length: 53\r\n", b""),
    "lengths in a list": (b"Content-Length: 0, 53\r\n", b""),
    "a signed length": (b"Content-Length: +0\r\n", b""),
    "a negative length": (b"Content-Length: -1\r\n", b""),
    "a length in hexadecimal": (b"Content-Length: 0x0\r\n", b""),
    "a space before the colon": (b"Content-Length : 0\r\n", b""),
    "a name over two lines": (b"Content-\r\n Length: 0\r\n", b""),
    "a coding nobody knows": (b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n"),
    "two codings": (b"Transfer-Encoding: identity, chunked\r\n", b"0\r\n\r\n"),
    "codings in two lines": (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", b"0\r\n\r\n"),
    "a coding after a tab": (b"Transfer-Encoding:\tchunked\x0b\r\n", b"0\r\n\r\n"),
    "a chunk without a size": (b"Transfer-Encoding: chunked\r\n", b"\r\n\r\n"),
    "a signed chunk": (b"Transfer-Encoding: chunked\r\n", b"-1\r\n\r\n"),
    "a chunk larger than a number": (b"Transfer-Encoding: chunked\r\n", b"f" * 40 + b"\r\n\r\n"),
    "a chunk longer than it says": (b"Transfer-Encoding: chunked\r\n", b"1\r\naaaa\r\n0\r\n\r\n"),
    "a zero byte in a name": (b"Content-Length\x00: 0\r\n", b""),
}


def pipelined(proxy: Running, first: bytes, path: str) -> bytes:
    """What comes back for a message and, on the same connection, a second one for this path."""
    second = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    reply = b""
    with proxy.door.raw() as connection:
        connection.sendall(b"POST /api/first/ HTTP/1.1\r\nHost: localhost\r\n" + first + second)
        while more := connection.recv(4096):
            reply += more
    return reply


# ASVS 4.2.1
@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_message_whose_end_is_in_doubt_is_refused_and_nothing_after_it_is_read(
    proxy: Running, name: str
) -> None:
    """ASVS 4.2.1."""
    head, body = AMBIGUOUS[name]
    path = f"/api/smuggled-by-{name.replace(' ', '-')}/"

    reply = pipelined(proxy, head + b"\r\n" + body, path)

    assert status_of(reply) in {400, 501}
    assert reply.count(b"HTTP/1.1 200") == 0
    assert path not in proxy.api.seen


@pytest.mark.parametrize("fault", ["malformed", "too large", "given up"])
def test_whoever_sends_a_broken_body_shuts_nobody_out(proxy: Running, fault: str) -> None:
    """The failure is his. Who counts it as the API's takes the API away from everybody for a while."""
    head = b"POST /api/x/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    large = b"300000\r\n" + bytes(3 * MIB) + b"\r\n"
    with proxy.door.raw() as connection:
        connection.sendall(
            head + {"malformed": b"-1\r\n\r\n", "too large": large, "given up": b"5\r\nab"}[fault]
        )
        if fault == "given up":
            drip(connection, seconds=14)
        else:
            connection.recv(4096)
    started = time.monotonic()

    assert proxy.door.fetch("/api/next/").status == 200
    assert time.monotonic() - started < 2


# ASVS 4.2.1
@pytest.mark.parametrize(
    "head", [b"Transfer-Encoding: chunked\r\n", b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"]
)
def test_chunks_say_where_a_message_ends_and_the_api_hears_of_the_same_end(
    proxy: Running, head: bytes
) -> None:
    """As RFC 9112 has it; what the test above would see, had the second message been read."""
    reply = pipelined(proxy, head + b"\r\n3\r\nabc\r\n0\r\n\r\n", "/api/second/")

    assert reply.count(b"HTTP/1.1 200") == 2
    assert b'"received": 3' in reply
    assert proxy.api.seen[-2:] == ["/api/first/", "/api/second/"]
