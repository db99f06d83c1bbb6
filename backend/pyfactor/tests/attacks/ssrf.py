"""Every way that is known of making a server call itself, and a listener that notices if it does.

The filters that others had were each open at one of these: only loopback, redirects, mapped IPv6 in hex,
octal IPv4, a check made on another answer of the name server than the call (security.md 2, row 33).
"""

import queue
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

# What a name server may answer that is nobody's business: {name: addresses}.
INSIDE = {
    "loopback.test": ["127.0.0.1"],
    "loopback-elsewhere.test": ["127.255.255.254"],
    "zero.test": ["0.0.0.0"],
    "metadata.test": ["169.254.169.254"],
    "link-local.test": ["169.254.1.1"],
    "ten.test": ["10.0.0.1"],
    "sixteen.test": ["172.16.0.1"],
    "sixteen-end.test": ["172.31.255.255"],
    "lan.test": ["192.168.1.1"],
    "carrier.test": ["100.64.0.1"],
    "alibaba.test": ["100.100.100.200"],
    "azure.test": ["168.63.129.16"],
    "ietf.test": ["192.0.0.8"],
    "oracle.test": ["192.0.0.192"],
    "documentation-1.test": ["192.0.2.1"],
    "documentation-2.test": ["198.51.100.1"],
    "documentation-3.test": ["203.0.113.1"],
    "relay.test": ["192.88.99.1"],
    "benchmark.test": ["198.18.0.1"],
    "multicast.test": ["224.0.0.1"],
    "reserved.test": ["240.0.0.1"],
    "broadcast.test": ["255.255.255.255"],
    "six-loopback.test": ["::1"],
    "six-nothing.test": ["::"],
    "mapped.test": ["::ffff:127.0.0.1"],
    "mapped-hex.test": ["::ffff:7f00:1"],
    "mapped-lan.test": ["::ffff:192.168.1.1"],
    "compatible.test": ["::127.0.0.1"],
    "translated.test": ["::ffff:0:127.0.0.1"],
    "nat64.test": ["64:ff9b::127.0.0.1"],
    "nat64-metadata.test": ["64:ff9b::a9fe:a9fe"],
    "nat64-local.test": ["64:ff9b:1::1"],
    "six-to-four.test": ["2002:7f00:1::"],
    "teredo.test": ["2001:0:4136:e378:8000:63bf:3fff:fdd2"],
    "orchid.test": ["2001:20::1"],
    "six-documentation.test": ["2001:db8::1"],
    "six-documentation-2.test": ["3fff::1"],
    "unique-local.test": ["fd00:ec2::254"],
    "unique-local-2.test": ["fc00::1"],
    "six-link-local.test": ["fe80::1"],
    "scoped.test": ["fe80::1%lo"],
    "site-local.test": ["fec0::1"],
    "six-multicast.test": ["ff02::1"],
    "discard.test": ["100::1"],
    "segment.test": ["5f00::1"],
    "one-of-two.test": ["93.184.215.14", "127.0.0.1"],
    "one-of-two-six.test": ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::1"],
    "nobody.test": [],
    "nonsense.test": ["not an address"],
}
# Addresses written out: each is 127.0.0.1 or something near to somebody. {port} is the listener's.
SPELLINGS = [
    "https://127.0.0.1:{port}/",
    "https://127.1:{port}/",
    "https://127.0.1:{port}/",
    "https://2130706433:{port}/",
    "https://0x7f000001:{port}/",
    "https://0x7f.0x0.0x0.0x1:{port}/",
    "https://0177.0.0.1:{port}/",
    "https://00000177.0.0.1:{port}/",
    "https://017700000001:{port}/",
    "https://127.0.0.1.:{port}/",
    "https://0:{port}/",
    "https://0.0.0.0:{port}/",
    "https://127.127.127.127:{port}/",
    "https://①②⑦.⓪.⓪.①:{port}/",
    "https://127。0。0。1:{port}/",
    "https://[::1]:{port}/",
    "https://[0:0:0:0:0:0:0:1]:{port}/",
    "https://[::]:{port}/",
    "https://[::ffff:127.0.0.1]:{port}/",
    "https://[::ffff:7f00:1]:{port}/",
    "https://[0000::ffff:7f00:0001]:{port}/",
    "https://[::127.0.0.1]:{port}/",
    "https://[64:ff9b::7f00:1]:{port}/",
    "https://[2002:7f00:1::]:{port}/",
    "https://[fe80::1%25lo]:{port}/",
    "https://[::1%lo]:{port}/",
    "https://[::1:{port}/",
    "https://localhost:{port}/",
    "https://LOCALHOST:{port}/",
    "https://localhost.:{port}/",
    "https://localhost.localdomain:{port}/",
    "https://ip6-localhost:{port}/",
    "https://user@127.0.0.1:{port}/",
    "https://hooks.example@127.0.0.1:{port}/",
    "https://hooks.example:443@127.0.0.1:{port}/",
    "https://127.0.0.1:{port}\\@hooks.example/",
    "https://hooks.example\\@127.0.0.1:{port}/",
    "https://127.0.0.1:{port}#@hooks.example/",
    "https://hooks.example#@127.0.0.1:{port}/",
    "https://127.0.0.1%2f@hooks.example:{port}/",
    "https://127.0.0.1:{port}%00.hooks.example/",
    "https://127.0.0.1\t:{port}/",
    "https://127.0.0.1\n:{port}/",
    "https:\\\\127.0.0.1:{port}/",
    "https:127.0.0.1:{port}/",
    "https:///127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}/",
    " https://127.0.0.1:{port}/",
    "http://127.0.0.1:{port}/",
    "HTTP://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_x",
    "dict://127.0.0.1:{port}/stats",
    "ftp://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "unix:///run/postgresql/.s.PGSQL.5432",
    "jar:https://127.0.0.1:{port}!/",
    "ws://127.0.0.1:{port}/",
    "https://%31%32%37.0.0.1:{port}/",
    "https://127.0.0.1:0{port}/",
    "https://127.0.0.1:+{port}/",
    "https://1.1.1.1 &@127.0.0.1:{port}/",
]
# Found out by name, the ports of other programs on the machine.
PORTS = [22, 25, 80, 110, 3000, 3306, 5432, 6379, 8000, 8080, 9200, 11211, 65_535]


def urls_of_names(port: int) -> list[str]:
    """https addresses whose names lead inside."""
    return [f"https://{name}:{port}/" for name in INSIDE]


@dataclass
class Canary:
    """Listens on IPv4 and IPv6 loopback, on one port, and counts who comes. It answers nobody."""

    _came: queue.SimpleQueue[tuple[str, int]] = field(default_factory=queue.SimpleQueue)
    _strangers: list[str] = field(default_factory=list)

    @property
    def connections(self) -> list[str]:
        """The addresses of all who have come by now, in order.

        A listener takes its callers in order: when it has taken a call made here, nobody who connected
        before is still waiting to be counted.
        """
        for listener in self._sockets:
            with socket.socket(listener.family, socket.SOCK_STREAM) as own:
                own.connect(listener.getsockname())
                mine = own.getsockname()[:2]
                while (caller := self._came.get(timeout=30)) != mine:
                    self._strangers.append(caller[0])
        return list(self._strangers)

    def __enter__(self) -> Self:
        self._sockets = [self._listening(socket.AF_INET, "127.0.0.1", 0)]
        self.port: int = self._sockets[0].getsockname()[1]
        with suppress(OSError):
            self._sockets.append(self._listening(socket.AF_INET6, "::1", self.port))
        self._threads = [threading.Thread(target=self._accept, args=(one,)) for one in self._sockets]
        for thread in self._threads:
            thread.start()
        return self

    @staticmethod
    def _listening(family: int, host: str, port: int) -> socket.socket:
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, address = listener.accept()
            except OSError:
                return
            self._came.put(address[:2])
            connection.close()

    def __exit__(self, *_: object) -> None:
        for listener in self._sockets:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for thread in self._threads:
            thread.join()


class Rebinding:
    """A name server that changes its mind: the first answer is public, every later one is the canary."""

    def __init__(self, first: list[str], then: list[str]) -> None:
        self.asked = 0
        self._first, self._then = first, then

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self._first if self.asked == 1 else self._then
