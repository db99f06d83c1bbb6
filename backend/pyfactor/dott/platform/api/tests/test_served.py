"""What the server of config/serve.py does with answers of ours: the part of the contract that is not ours."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config import serve
from dott.platform.api.tests.plain_application import THREADS

APPLICATION = "dott.platform.api.tests.plain_application:application"
SOON_S = 20.0
_SERVES = f"""
from config import serve
server = serve.server()
server.target = {APPLICATION!r}
server.workers = 1
server.serve()
"""


def appears(path: Path) -> None:
    deadline = time.monotonic() + SOON_S
    while not path.exists():
        assert time.monotonic() < deadline, path.name
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """The process and its port."""

    def __init__(self) -> None:
        self.port = free_port()
        environ = os.environ | {"PORT": str(self.port), "HOST": "127.0.0.1"}
        root = Path(serve.__file__).parent.parent
        self.process = subprocess.Popen([sys.executable, "-c", _SERVES], cwd=root, env=environ)

    def connect(self) -> http.client.HTTPConnection:
        """One connection, when the server listens."""
        deadline = time.monotonic() + SOON_S
        while True:
            made = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SOON_S)
            try:
                made.connect()
            except OSError:
                assert time.monotonic() < deadline, "it does not listen"
                time.sleep(0.05)
            else:
                return made

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Any:
        """The answer, with `content` read."""
        connection = self.connect()
        connection.request(method, path, body, {name.replace("_", "-"): v for name, v in headers.items()})
        answer: Any = connection.getresponse()
        answer.content = answer.read()
        connection.close()
        return answer


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.process.terminate()
    made.process.wait(SOON_S)


def test_an_answer_has_its_length(server: Server) -> None:
    answer = server.ask("/%ff/x/", "POST", b"x" * 500_000)
    assert (answer.status, answer.headers["X-Path"], answer.headers["X-Length"]) == (
        200,
        "2fff2f782f",
        "500000",
    )
    assert answer.headers["Content-Length"] == str(len(answer.content))
    head = server.ask("/", "HEAD")
    assert (head.status, head.content) == (200, b"")
    assert head.headers["Content-Length"] == "4"


def test_not_modified_has_no_body(server: Server) -> None:
    connection = server.connect()
    for _ in range(2):  # on one connection: nothing is left on it
        connection.request("GET", "/unchanged/")
        answer = connection.getresponse()
        assert (answer.status, answer.headers["ETag"], answer.read()) == (304, '"7"', b"")


def test_a_header_with_an_underscore_does_not_arrive(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as wire:
        wire.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX_Forwarded_Host: evil\r\nConnection: close\r\n\r\n")
        received = b"".join(iter(lambda: wire.recv(65536), b""))
    assert received.endswith(b"\r\n\r\nNone")


@pytest.mark.parametrize("path", ["/stream/", "/ahead/stream/"])
def test_a_stream_arrives_whole(server: Server, path: str) -> None:
    assert server.ask(path).content == b"a" * 70_000 * 300


@pytest.mark.parametrize("path", ["/breaks-off/", "/ahead/breaks-off/"])
def test_a_stream_that_breaks_off_is_seen_to(server: Server, path: str) -> None:
    """An export that fails half-way may not look like a whole file."""
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        server.ask(path)
    assert server.ask("/").status == 200


def test_what_is_made_ahead_does_not_wait_for_its_client(server: Server, tmp_path: Path) -> None:
    ended = tmp_path / "ended"
    connection = server.connect()
    connection.request("GET", "/ahead/stream/", headers={"X-Ended": str(ended)})
    appears(ended)
    assert connection.getresponse().read() == b"a" * 70_000 * 300


def test_whoever_leaves_what_was_made_for_her_holds_nobody_up(server: Server, tmp_path: Path) -> None:
    for number in range(2 * THREADS):
        ended = tmp_path / f"ended{number}"
        connection = server.connect()
        connection.request("GET", "/ahead/stream/", headers={"X-Ended": str(ended)})
        appears(ended)
        connection.close()
    assert server.ask("/").status == 200


@pytest.mark.parametrize("path", ["/endless/", "/ahead/endless/"])
def test_a_stream_ends_when_its_client_leaves(server: Server, tmp_path: Path, path: str) -> None:
    ended = tmp_path / "ended"
    connection = server.connect()
    connection.request("GET", path, headers={"X-Ended": str(ended)})
    assert connection.getresponse().read(300_000)
    connection.close()
    appears(ended)


def test_whoever_is_served_when_the_server_is_to_stop_is_served(tmp_path: Path) -> None:
    server, begun = Server(), tmp_path / "begun"
    server.ask("/")
    answers: list[Any] = []
    asking = threading.Thread(target=lambda: answers.append(server.ask("/slow/", x_begun=str(begun))))
    asking.start()
    appears(begun)
    server.process.send_signal(signal.SIGTERM)
    asking.join(SOON_S)
    assert [answer.content for answer in answers] == [b"done"]
    assert server.process.wait(SOON_S) == 0
